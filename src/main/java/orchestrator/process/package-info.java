/**
 * Child processes: run one to its end ({@link orchestrator.process.CommandRunner}, really {@link
 * orchestrator.process.ExecRunner}), run one in our own terminal ({@link
 * orchestrator.process.Foreground}), look at running ones and end them ({@link
 * orchestrator.process.Processes}, made by {@link orchestrator.process.SystemProcesses}). The only
 * package that starts a process.
 *
 * <p>No shell is ever involved: arguments arrive as they are. A process is known by pid, start time
 * and boot id, and that is checked again right before each signal. A look that fails is a {@code
 * Fault} or {@code UNKNOWN}, never "not there". Children are started through commons-exec, but
 * waited for and read by {@code Child}, on the calling thread: no pump threads, no blocking reads.
 */
@NullMarked
package orchestrator.process;

import org.jspecify.annotations.NullMarked;
