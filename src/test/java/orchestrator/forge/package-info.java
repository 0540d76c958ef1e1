/** Tests against scripted stand-ins of gh and glab. */
@NullMarked
package orchestrator.forge;

import org.jspecify.annotations.NullMarked;
