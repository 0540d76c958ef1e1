package orchestrator.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads a content from its begin to its end. One thread. */
final class ContentStream extends InputStream {
    private final Content content;
    private long at;

    ContentStream(Content content) {
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        int read = content.read(ByteBuffer.wrap(into, from, count), at);
        at += Math.max(0, read);
        return read > 0 ? read : -1;
    }
}
