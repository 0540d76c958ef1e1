/**
 * Files that are only read any more, at any place, whether they stand as they are or compressed.
 * {@link orchestrator.files.Content} is what readers hold; {@link orchestrator.files.BlockGzip}
 * makes a compressed file: {@code NAME.gz} beside where {@code NAME} stood.
 *
 * <p>The format is BGZF (the blocked gzip of the SAM specification, §4.1): an ordinary gzip file
 * for {@code zcat} and {@code zless}, made of members of at most 64 KiB, so that any byte is
 * reached by inflating one of them. Libraries that know it bring many megabytes of genome formats
 * with them; the two hundred lines that are needed are here, on top of java.util.zip.
 *
 * <p>Nothing here writes to a disk: whoever compresses is handed the bytes.
 */
@NullMarked
package orchestrator.files;

import org.jspecify.annotations.NullMarked;
