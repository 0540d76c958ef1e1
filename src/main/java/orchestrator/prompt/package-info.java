/**
 * Prompts: stage templates filled with what is known of an issue, and the summary a restart begins
 * with. Text from issues is data: it never decides the first line.
 */
@NullMarked
package orchestrator.prompt;

import org.jspecify.annotations.NullMarked;
