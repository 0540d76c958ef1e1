/**
 * The logs people read. {@link orchestrator.log.TranscriptWriter} turns an agent's raw stream into
 * {@code transcript.log} exactly once, whatever crashes in between; {@link
 * orchestrator.log.LogTail} gives the end of any growing file. {@link orchestrator.log.LogFile} and
 * {@link orchestrator.log.LogSearch} are for viewers: any line of a file of any size at once, by an
 * index of bounded memory.
 *
 * <p>Whatever an agent says is hostile until it has gone through {@link orchestrator.log.PlainText}
 * (no control character or escape sequence reaches a terminal) and {@link orchestrator.log.Secrets}
 * (no token reaches a log). {@link orchestrator.log.LineSplitter} cuts bytes into lines in bounded
 * memory.
 *
 * <p>This package knows nothing of agents: it is given a reader of bytes that answers with lines.
 * Nothing here is for more than one thread at a time unless it says so.
 */
@NullMarked
package orchestrator.log;

import org.jspecify.annotations.NullMarked;
