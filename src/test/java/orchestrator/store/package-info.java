/** Tests of the state folder, with real files, real processes and a real tmux. */
@NullMarked
package orchestrator.store;

import org.jspecify.annotations.NullMarked;
