package orchestrator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a journal held up to a place, so that whoever opens it reads only what came after. It can
 * always be made again from the journal, and is worth nothing without it. Immutable.
 *
 * @param history the fold of all events up to the place
 */
record JournalSnapshot(History history, JournalPlace place) {
    /** How the file looks; one of another format is not read. */
    static final int FORMAT = 1;

    /** Found by reflection, once. */
    private static final Shapes.OfRecord STATE = new StateShapes().ofRecord(RunState.class);

    /** What a look for a snapshot found. */
    sealed interface Found {}

    /** One that is whole; whether the journal has its place is still to be seen. */
    record Good(JournalSnapshot snapshot) implements Found {}

    /** There is none. */
    record None() implements Found {}

    /**
     * There is one that says nothing.
     *
     * @param reason a phrase
     */
    record Useless(String reason) implements Found {}

    /** Where a journal's snapshot is. */
    static Path name(Path journal) {
        String name = Objects.requireNonNull(journal.getFileName()).toString();
        return journal.resolveSibling(name.replaceFirst("\\.jsonl$", "") + ".snapshot");
    }

    /** Puts it into the place of the one before, whole or not at all. */
    void write(Disk disk, Path journal) throws IOException {
        disk.replace(name(journal), bytes());
    }

    byte[] bytes() {
        ObjectNode json = StoreJson.MAPPER.createObjectNode();
        json.put("format", FORMAT);
        json.put("fold", RunState.FOLD);
        json.put("count", place.count());
        json.put("first", place.first());
        json.put("offset", place.offset());
        json.put("tail", place.tail());
        json.set("state", STATE.write(history.state()));
        ArrayNode recent = json.putArray("recent");
        JournalLine codec = new JournalLine();
        history.recent().forEach(event -> recent.add(codec.json(event, false)));
        return JournalLine.sealed(json);
    }

    /** Looks for a journal's snapshot. One that is damaged is as good as none. */
    static Found read(Path journal) {
        Path path = name(journal);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return new None();
        } catch (IOException e) {
            return new Useless("it cannot be read: " + e);
        }
        return parse(bytes);
    }

    static Found parse(byte[] bytes) {
        if (!JournalLine.isSealed(bytes)) {
            return new Useless("its checksum does not match");
        }
        EventCodec codec = new EventCodec();
        try {
            return parse(bytes, codec::read);
        } catch (Shapes.NotUnderstood e) {
            return parseAny(bytes, codec);
        } catch (JournalLine.Damaged | RuntimeException e) {
            return notUnderstood(e);
        }
    }

    /** The same where a newer version's event may be among the recent ones. */
    private static Found parseAny(byte[] bytes, EventCodec codec) {
        try {
            return parse(bytes, codec::readOrCarry);
        } catch (Shapes.NotUnderstood | JournalLine.Damaged | RuntimeException e) {
            return notUnderstood(e);
        }
    }

    private static Found notUnderstood(Exception e) {
        return new Useless("it is not understood: " + e.getClass().getSimpleName());
    }

    /** Token by token: as a tree it would take as much time and memory again. */
    private static Found parse(byte[] bytes, JournalLine.Events events)
            throws Shapes.NotUnderstood, JournalLine.Damaged {
        int format = 0;
        int fold = 0;
        long count = 0;
        long first = 0;
        long offset = 0;
        String tail = "";
        RunState state = null;
        List<TimedEvent> recent = List.of();
        try (JsonParser json = StoreJson.Tokens.of(bytes, 0, bytes.length)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "format" -> format = json.getIntValue();
                    case "fold" -> fold = json.getIntValue();
                    case "count" -> count = json.getLongValue();
                    case "first" -> first = json.getLongValue();
                    case "offset" -> offset = json.getLongValue();
                    case "tail" -> tail = json.getString();
                    case "state" -> {
                        // They are written before it.
                        if (format != FORMAT || fold != RunState.FOLD) {
                            return new Useless("another version of the program made it");
                        }
                        state = (RunState) STATE.read(json);
                    }
                    case "recent" -> recent = recent(json, events);
                    default -> json.skipChildren();
                }
            }
        }
        if (state == null) {
            return new Useless("another version of the program made it");
        }
        History history = new History(state, recent);
        return history.count() == count && count > 0
                ? new Good(
                        new JournalSnapshot(history, new JournalPlace(count, first, offset, tail)))
                : new Useless("its parts do not fit together");
    }

    private static List<TimedEvent> recent(JsonParser json, JournalLine.Events events)
            throws Shapes.NotUnderstood, JournalLine.Damaged {
        List<TimedEvent> recent = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            recent.add(JournalLine.read(json, -1, events).event());
        }
        return recent;
    }
}
