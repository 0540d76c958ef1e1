/**
 * What is shown when there is no workspace to show: recent ones, another folder, the rehearsal, and
 * the form that describes a new project. {@link orchestrator.ui.welcome.WelcomeWindow} only chooses
 * a folder; whoever opened it opens the workspace. What is known of a repository and what is
 * written comes from {@link orchestrator.monitor.NewWorkspaces} and {@link
 * orchestrator.config.NewProject}.
 */
@NullMarked
package orchestrator.ui.welcome;

import org.jspecify.annotations.NullMarked;
