package orchestrator.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Recorded streams, and what a reader makes of them. */
final class Streams {
    private Streams() {}

    /** What came of reading: the facts and the readable lines. */
    record Read(StreamFacts facts, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    /** What Claude printed. */
    static byte[] recorded(String name) throws IOException {
        return recorded("claude", name);
    }

    static byte[] recorded(String agent, String name) throws IOException {
        try (InputStream in =
                Streams.class.getResourceAsStream("/%s-streams/%s.jsonl".formatted(agent, name))) {
            if (in == null) {
                throw new IOException("no recorded stream " + name);
            }
            return in.readAllBytes();
        }
    }

    static Read read(byte[] bytes) {
        return read(bytes, bytes.length);
    }

    /** Reads in pieces of that size. */
    static Read read(byte[] bytes, int piece) {
        return read(new StreamJson(), bytes, piece);
    }

    static Read read(AgentStream stream, byte[] bytes, int piece) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += Math.max(piece, 1)) {
            stream.accept(bytes, i, Math.min(piece, bytes.length - i), lines::add);
        }
        return new Read(stream.facts(), lines);
    }

    static Read read(String... lines) {
        return read((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
