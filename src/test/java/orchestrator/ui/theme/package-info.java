/** Tests of the theme. */
@NullMarked
package orchestrator.ui.theme;

import org.jspecify.annotations.NullMarked;
