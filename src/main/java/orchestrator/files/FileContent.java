package orchestrator.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/** A file as it stands, which no interrupt closes. */
final class FileContent implements Content {
    private final RandomAccessFile file;

    FileContent(RandomAccessFile file) {
        this.file = file;
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public synchronized int read(ByteBuffer into, long at) throws IOException {
        file.seek(at);
        int read = file.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        into.position(into.position() + Math.max(0, read));
        return read;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
