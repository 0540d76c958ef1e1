/**
 * What the user defined: the {@code config/*-issues.json} of a workspace, read, checked and written
 * back.
 *
 * <p>{@link orchestrator.config.Workspace#locate} finds the folder and its files; {@link
 * orchestrator.config.ConfigReader#read} turns them into a {@code WorkspaceConfig} or into the list
 * of <em>all</em> that is wrong, each with file, line and column; {@link
 * orchestrator.config.ConfigEditor} changes one place of a file's text and leaves every other
 * character as it is. {@link orchestrator.config.OutputFile} writes the files that a person asks
 * for.
 *
 * <p>Both work on {@code Node}, a tree of the text in which every value knows where it stands. What
 * a key may be is said three times, and a test holds them together: in {@code Keys}, in the readers
 * ({@code ProjectReader} and its helpers), and in {@code config/orchestrator-issues.schema.json}.
 * Checks that need more than one value ({@code DependencyCheck}, {@code PlaceCheck}, {@code
 * AssignmentCheck}) run after all files are read. Everything here blocks on files and nothing keeps
 * state, so any thread may call it.
 */
@NullMarked
package orchestrator.config;

import org.jspecify.annotations.NullMarked;
