/**
 * GitHub and GitLab behind the port {@link orchestrator.forge.Forge}.
 *
 * <p>{@link orchestrator.forge.CommandLineForge} asks {@code gh} and {@code glab}, the programs
 * that already know how the user logs in; we hold no token. They run in the repository's folder, so
 * that they find the remote themselves, and never ask anything. What they answer is data of
 * strangers: it is read as JSON, bounded, and handed on as text.
 */
@NullMarked
package orchestrator.forge;

import org.jspecify.annotations.NullMarked;
