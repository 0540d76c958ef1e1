/** GitHub and GitLab behind the port {@link orchestrator.forge.Forge}. */
@NullMarked
package orchestrator.forge;

import org.jspecify.annotations.NullMarked;
