package orchestrator.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a child wrote on one stream, up to a limit; what comes after it is read and dropped. */
final class Capture {
    private final InputStream from;
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    Capture(InputStream from, int limit) {
        this.from = from;
        this.limit = limit;
    }

    /**
     * Takes what is there, never waiting for more.
     *
     * @return whether there was anything
     */
    boolean take(byte[] buffer) throws IOException {
        int there = from.available();
        if (there <= 0) {
            return false;
        }
        int count = from.read(buffer, 0, Math.min(there, buffer.length));
        if (count <= 0) {
            return false;
        }
        bytes.write(buffer, 0, Math.min(count, limit - bytes.size()));
        return true;
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
