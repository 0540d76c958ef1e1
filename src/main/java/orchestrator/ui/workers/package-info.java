/**
 * The table of workers, and attaching to one. {@code WorkerRow} is a stable row: it lives as long
 * as the worker does, and an update sets only the properties that changed, so a table of hundreds
 * costs little.
 */
@NullMarked
package orchestrator.ui.workers;

import org.jspecify.annotations.NullMarked;
