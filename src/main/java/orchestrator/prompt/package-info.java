/**
 * Prompts: {@link orchestrator.prompt.Prompts} puts what is known of an issue, the stage's template
 * and, at a restart, the summary of what earlier attempts left into one text.
 *
 * <p>The frame around a template is ours and always the same, so that a user's template cannot
 * leave out the safety rules, and so that the first line is ours whatever a template or an issue
 * begins with (an agent runs a prompt that begins with a slash as a command). Text from issues and
 * agents is data: it stands between fence lines longer than any in it, unchanged to the byte, and
 * no placeholder in it is ever filled in. The templates lie in {@code
 * resources/orchestrator/prompts}; a file of the same name in the config folder's {@code prompts}
 * takes the place of one, or adds a stage.
 */
@NullMarked
package orchestrator.prompt;

import org.jspecify.annotations.NullMarked;
