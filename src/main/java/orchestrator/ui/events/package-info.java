/**
 * What has happened, as sentences. The model holds what the snapshots bring and, further back, what
 * was read of the journal on demand; with a filter only what passes is kept, so memory is bounded
 * however long the journal is.
 */
@NullMarked
package orchestrator.ui.events;

import org.jspecify.annotations.NullMarked;
