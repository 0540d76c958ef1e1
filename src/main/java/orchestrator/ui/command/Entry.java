package orchestrator.ui.command;

import org.kordamp.ikonli.feather.Feather;

/**
 * A line of the palette.
 *
 * @param kind one word that says what it is
 * @param title what is looked for first
 * @param detail what is looked for too: a hint, a title, a state
 * @param keys how it is reached without the palette, or empty
 */
record Entry(
        Feather icon, String kind, String title, String detail, String keys, Runnable handler) {}
