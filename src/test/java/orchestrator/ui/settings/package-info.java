/** Tests of what is kept of the user. */
@NullMarked
package orchestrator.ui.settings;

import org.jspecify.annotations.NullMarked;
