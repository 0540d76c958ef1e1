/** Tests against the real git, with a bare origin in a folder of their own. */
@NullMarked
package orchestrator.git;

import org.jspecify.annotations.NullMarked;
