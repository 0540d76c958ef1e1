/** Tests of reading, checking and editing a workspace's files. */
@NullMarked
package orchestrator.config;

import org.jspecify.annotations.NullMarked;
