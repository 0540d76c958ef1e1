/** Tests of the palette and the keys. */
@NullMarked
package orchestrator.ui.command;

import org.jspecify.annotations.NullMarked;
