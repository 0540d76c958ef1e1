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
import tools.jackson.databind.JsonNode;
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
        ObjectNode json = EventCodec.MAPPER.createObjectNode();
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
        try {
            JsonNode json = EventCodec.MAPPER.readTree(bytes);
            if (json.path("format").asInt(0) != FORMAT
                    || json.path("fold").asInt(0) != RunState.FOLD) {
                return new Useless("another version of the program made it");
            }
            JournalPlace place =
                    new JournalPlace(
                            json.path("count").asLong(0),
                            json.path("first").asLong(0),
                            json.path("offset").asLong(0),
                            json.path("tail").asString(""));
            RunState state = (RunState) STATE.read(json.path("state"));
            History history = new History(state, recent(json.path("recent")));
            return history.count() == place.count() && place.count() > 0
                    ? new Good(new JournalSnapshot(history, place))
                    : new Useless("its parts do not fit together");
        } catch (Shapes.NotUnderstood | JournalLine.Damaged | RuntimeException e) {
            return new Useless("it is not understood: " + e.getClass().getSimpleName());
        }
    }

    private static List<TimedEvent> recent(JsonNode lines) throws JournalLine.Damaged {
        List<TimedEvent> recent = new ArrayList<>();
        JournalLine codec = new JournalLine();
        for (JsonNode line : lines) {
            recent.add(codec.event(line, line.path("seq").asLong(-1)));
        }
        return recent;
    }
}
