/**
 * Child processes: run one to its end ({@link orchestrator.process.CommandRunner}), look at running
 * ones and end them ({@link orchestrator.process.Processes}). The only package that starts a
 * process. No shell is ever involved; a process is known by pid, start time and boot id.
 */
@NullMarked
package orchestrator.process;

import org.jspecify.annotations.NullMarked;
