package orchestrator.ui.fx;

import org.kordamp.ikonli.feather.Feather;

/**
 * How a state is shown: always a word and an icon, and a colour only beside them.
 *
 * @param word key of the word in the texts
 */
public record Look(String word, Feather icon, Tone tone) {}
