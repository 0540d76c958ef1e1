/**
 * The command line: picocli commands over {@link orchestrator.monitor.Workspaces}. Each command is
 * one class that reads its options, asks the engine, and prints; {@link orchestrator.cli.Cli} turns
 * faults into one sentence on standard error and an exit code (0 done, 1 failed work, 2 wrong use
 * or configuration, 3 prerequisite missing, 4 another monitor holds the workspace). Nothing here
 * loads JavaFX.
 */
@NullMarked
package orchestrator.cli;

import org.jspecify.annotations.NullMarked;
