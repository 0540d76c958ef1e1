/** Tests of the terminal dashboard: what it makes of a run and of keys, without a terminal. */
@NullMarked
package orchestrator.cli.dashboard;

import org.jspecify.annotations.NullMarked;
