/**
 * Stepping in: what people tell the monitor about a worker, an issue or the whole run, from menus,
 * buttons and keys. {@code Stepping} registers the actions and says which are possible for what is
 * chosen; whether one is carried out, the monitor decides, in whichever process it runs, and what
 * it answers is shown as a notice. Nothing here changes a file or a state by itself.
 */
@NullMarked
package orchestrator.ui.orders;

import org.jspecify.annotations.NullMarked;
