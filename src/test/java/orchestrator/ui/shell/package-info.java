/** Tests of the shell. */
@NullMarked
package orchestrator.ui.shell;

import org.jspecify.annotations.NullMarked;
