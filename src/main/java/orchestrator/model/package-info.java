/**
 * The words of the program, as values: what the user defined ({@link
 * orchestrator.model.WorkspaceConfig}), what has happened ({@link orchestrator.model.Event}), what
 * follows from it ({@link orchestrator.model.RunState}, the fold of the events), and what is shown
 * ({@link orchestrator.model.RunSnapshot}).
 *
 * <p>Everything here is immutable and free of I/O, clocks, randomness and JavaFX, so it may be used
 * on any thread. Nothing here depends on another package of ours. A new kind of event is a new
 * record in {@code Event}: every exhaustive switch over it then fails to compile until it says what
 * it means there.
 */
@NullMarked
package orchestrator.model;

import org.jspecify.annotations.NullMarked;
