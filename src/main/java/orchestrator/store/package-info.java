/**
 * Everything under {@code state/}: the journal ({@link orchestrator.store.Journal}, and {@link
 * orchestrator.store.JournalReader} for other processes), one folder per attempt ({@link
 * orchestrator.store.AttemptFolder}, whose {@code run.sh} is in the resources), the projections
 * people and scripts read ({@link orchestrator.store.WorkerFiles}, {@link
 * orchestrator.store.PlaybookLinks}), the lock of the one monitor ({@link
 * orchestrator.store.RunLock}) and the inbox of commands ({@link orchestrator.store.Inbox}).
 *
 * <p>The only package that writes there. All of it is private (folders 0700, files 0600). What is
 * replaced is written beside and renamed, so a reader never sees half a file. Everything blocks for
 * the disk; a failure is a {@link orchestrator.model.Fault}. An interrupt of the calling thread
 * neither closes a file nor loses a write. No process is started here.
 */
@NullMarked
package orchestrator.store;

import org.jspecify.annotations.NullMarked;
