package orchestrator.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import orchestrator.model.Event;
import orchestrator.model.TimedEvent;
import orchestrator.model.Why;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of the journal and its bytes: {@code {"seq":…,"at":…,"event":{…},"why":{…},"crc":"…"}}.
 * A line with {@code "more":true} was appended together with the one after it. The checksum is the
 * CRC-32 of the line's bytes before {@code ,"crc"}. Immutable.
 */
final class JournalLine {
    private static final byte[] CRC_BEGIN = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEQ = "{\"seq\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRC_END = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC_DIGITS = 8;

    /** The bytes at a line's end that hold its checksum, the newline not counted. */
    static final int CRC_LENGTH = CRC_BEGIN.length + CRC_DIGITS + CRC_END.length;

    private final EventCodec codec = new EventCodec();

    /** A line that is not what was written. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * What a line says.
     *
     * @param more the next line was appended with it: without that one it does not count
     */
    record Read(TimedEvent event, boolean more) {}

    /** The line's bytes, newline included. */
    byte[] encode(TimedEvent timed, boolean more) {
        return sealed(json(timed, more));
    }

    /** The line without its checksum. */
    ObjectNode json(TimedEvent timed, boolean more) {
        ObjectNode line = StoreJson.MAPPER.createObjectNode();
        line.put("seq", timed.seq());
        line.put("at", timed.at().toString());
        if (more) {
            line.put("more", true);
        }
        line.set("event", codec.toJson(timed.event()));
        timed.why().ifPresent(why -> line.set("why", json(why)));
        return line;
    }

    /** An object as one line that ends with its checksum and a newline. */
    static byte[] sealed(ObjectNode object) {
        String json = StoreJson.MAPPER.writeValueAsString(object);
        byte[] body = json.substring(0, json.length() - 1).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(body, body.length + CRC_LENGTH + 1);
        int at = put(bytes, body.length, CRC_BEGIN);
        at = put(bytes, at, crc(body, 0, body.length));
        at = put(bytes, at, CRC_END);
        bytes[at] = '\n';
        return bytes;
    }

    /** Whether these bytes, newline included, end with their checksum. */
    static boolean isSealed(byte[] bytes) {
        int body = bytes.length - CRC_LENGTH - 1;
        return body > 0 && bytes[bytes.length - 1] == '\n' && endsWithItsCrc(bytes, 0, body);
    }

    private static int put(byte[] target, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, target, at, bytes.length);
        return at + bytes.length;
    }

    private static byte[] crc(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return HexFormat.of()
                .toHexDigits(crc.getValue(), CRC_DIGITS)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static ObjectNode json(Why why) {
        ObjectNode json = StoreJson.MAPPER.createObjectNode();
        json.put("rule", why.rule());
        ArrayNode facts = json.putArray("facts");
        why.facts().forEach(facts::add);
        return json;
    }

    /**
     * Reads a line without its newline.
     *
     * @param seq the number it must have
     */
    Read decode(byte[] bytes, int from, int length, long seq) throws Damaged {
        int body = length - CRC_LENGTH;
        if (length > 0 && bytes[from + length - 1] == '\r') {
            throw new Damaged("it ends with CR LF, as an editor or a transfer may leave it");
        }
        if (body < 1 || !endsWithItsCrc(bytes, from, body)) {
            throw new Damaged("its checksum does not match");
        }
        try {
            return read(bytes, from, length, seq, codec::read);
        } catch (Shapes.NotUnderstood e) {
            return carry(bytes, from, length, seq);
        }
    }

    /** Of what an event is read, whose object begins at the parser's token. */
    interface Events {
        Event read(JsonParser json) throws Shapes.NotUnderstood;
    }

    private Read carry(byte[] bytes, int from, int length, long seq) throws Damaged {
        try {
            return read(bytes, from, length, seq, codec::readOrCarry);
        } catch (Shapes.NotUnderstood e) {
            throw new IllegalStateException("what is not understood is carried", e);
        }
    }

    private static Read read(byte[] bytes, int from, int length, long seq, Events events)
            throws Damaged, Shapes.NotUnderstood {
        try (JsonParser json = StoreJson.Tokens.of(bytes, from, length)) {
            json.nextToken();
            Read read = read(json, seq, events);
            if (json.nextToken() != null) {
                throw new Damaged("something follows its end");
            }
            return read;
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new Damaged("it is not an event: " + e.getClass().getSimpleName());
        }
    }

    /**
     * Reads the line that begins at the parser's token, up to its end.
     *
     * @param seq the number it must have; -1: any
     * @throws Shapes.NotUnderstood when {@code events} does so
     * @throws RuntimeException when it is no line
     */
    static Read read(JsonParser json, long seq, Events events)
            throws Damaged, Shapes.NotUnderstood {
        long number = -1;
        String at = "";
        Event event = null;
        Optional<Why> why = Optional.empty();
        boolean more = false;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new Damaged("it is no object");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            switch (name) {
                case "seq" -> number = number(json, seq);
                case "at" -> at = token == JsonToken.VALUE_STRING ? json.getString() : "";
                case "more" -> more = token == JsonToken.VALUE_TRUE;
                case "event" -> event = events.read(json);
                case "why" -> why = why(json);
                default -> json.skipChildren();
            }
        }
        if (number < 0) {
            throw new Damaged("it should have the number " + seq + " and has none");
        }
        if (event == null) {
            throw new IllegalArgumentException("a line without an event");
        }
        return new Read(new TimedEvent(number, Instants.parse(at), event, why), more);
    }

    private static long number(JsonParser json, long seq) throws Damaged {
        boolean whole = json.currentToken() == JsonToken.VALUE_NUMBER_INT;
        if (!whole || (seq >= 0 && json.getLongValue() != seq)) {
            throw new Damaged("it should have the number " + seq + " and has " + json.getString());
        }
        return json.getLongValue();
    }

    /** Passes over what is within another value. */
    private static Optional<Why> why(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Optional.empty();
        }
        String rule = "";
        List<String> facts = new ArrayList<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            if (name.equals("rule") && token == JsonToken.VALUE_STRING) {
                rule = json.getString();
            } else if (name.equals("facts") && token == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    facts.add(json.currentToken().isScalarValue() ? json.getString() : "");
                    json.skipChildren();
                }
            } else {
                json.skipChildren();
            }
        }
        return Optional.of(new Why(rule, facts));
    }

    /** The number a line begins with, for a reader that does not come from the journal's begin. */
    static long seqOf(byte[] bytes, int from, int length) {
        long seq = -1;
        if (Arrays.equals(bytes, from, from + Math.min(length, SEQ.length), SEQ, 0, SEQ.length)) {
            seq = 0;
            for (int i = from + SEQ.length; i < from + length && isDigit(bytes[i]); i++) {
                seq = 10 * seq + bytes[i] - '0';
            }
        }
        return seq;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean endsWithItsCrc(byte[] bytes, int from, int body) {
        byte[] expected = new byte[CRC_LENGTH];
        int at = put(expected, 0, CRC_BEGIN);
        at = put(expected, at, crc(bytes, from, body));
        put(expected, at, CRC_END);
        int begin = from + body;
        return Arrays.equals(bytes, begin, begin + CRC_LENGTH, expected, 0, CRC_LENGTH);
    }
}
