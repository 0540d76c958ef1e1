/**
 * The whole program as people run it: real child processes, a real tmux and a real git, the
 * rehearsal agent in the place of a paid one. {@link orchestrator.e2e.Orchestra} gives each test a
 * world of its own (home, tmux server, repository with a bare origin, links) in one temporary
 * folder and ends at the end whatever was started in it; {@link orchestrator.e2e.ProjectFile}
 * writes the configuration; {@link orchestrator.e2e.Story} reads the journal and knows what must be
 * true of every run. Tests wait for conditions, never for time. The rehearsal's scenario decides
 * how each attempt goes.
 */
@NullMarked
package orchestrator.e2e;

import org.jspecify.annotations.NullMarked;
