package orchestrator.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.files.Content;
import orchestrator.model.Fault;
import orchestrator.model.TimedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a journal's events in order, each once, through its archives into its file, and folds them;
 * goes on where it stood, also when what it stood in was set aside meanwhile. Changes nothing and
 * keeps nothing open. One thread at a time.
 */
final class JournalWalk {
    private final Path path;
    private final JournalLine codec = new JournalLine();
    private History history;
    private JournalPlace place;
    private final long snapshotAt;
    private boolean trusting;
    private Optional<String> trouble = Optional.empty();

    private JournalWalk(Path path, History history, JournalPlace place) {
        this.path = path;
        this.history = history;
        this.place = place;
        snapshotAt = place.count();
        trusting = place.count() > 0;
    }

    /**
     * What a reading came to.
     *
     * @param startedOver the journal is not the one that was read before
     * @param damage what ended it in the journal's file; empty: it was read to its end
     */
    record Outcome(boolean startedOver, Optional<JournalScan.Damage> damage) {}

    /** From the first event of all. */
    static JournalWalk fromBegin(Path path) {
        return new JournalWalk(path, History.EMPTY, JournalPlace.BEGIN);
    }

    /** From the journal's snapshot, or from the first event when there is none of use. */
    static JournalWalk fromSnapshot(Path path) {
        return switch (JournalSnapshot.read(path)) {
            case JournalSnapshot.Good good ->
                    new JournalWalk(path, good.snapshot().history(), good.snapshot().place());
            case JournalSnapshot.None _ -> fromBegin(path);
            case JournalSnapshot.Useless useless -> {
                JournalWalk walk = fromBegin(path);
                walk.tellOf(useless.reason());
                yield walk;
            }
        };
    }

    private void tellOf(String reason) {
        String sentence =
                "The journal's snapshot %s is not used (%s); all events were read instead, and the monitor makes a new one."
                        .formatted(JournalSnapshot.name(path), reason);
        log().warn("{}", sentence);
        trouble = Optional.of(sentence);
    }

    /** Why the snapshot was not used, a sentence; empty: it was, or there is none. */
    Optional<String> trouble() {
        return trouble;
    }

    /**
     * The number of the last event in the snapshot that it began with; 0: there was none of use.
     */
    long begunAt() {
        return trouble.isPresent() ? 0 : snapshotAt;
    }

    /** What was read so far. */
    History history() {
        return history;
    }

    /** Where it stands. */
    JournalPlace place() {
        return place;
    }

    /** Forgets all it has read. */
    void startOver() {
        history = History.EMPTY;
        place = JournalPlace.BEGIN;
        trusting = false;
    }

    /**
     * Reads all whole lines after the place it stands at.
     *
     * @param live the journal's file; null: it is not there, as while it is being set aside
     * @param most bytes of it that count
     * @param taker is given the events, some at a time
     * @param forget is called before events are given again from the first on
     * @throws Fault {@code journal-damaged} for what is wrong in an archive
     */
    Outcome read(
            @Nullable Content live, long most, Consumer<List<TimedEvent>> taker, Runnable forget)
            throws IOException {
        boolean had = history.count() > 0 && !trusting;
        Optional<Outcome> on = follow(live, most, taker);
        boolean sound =
                on.isPresent() && on.get().damage().map(JournalScan.Damage::torn).orElse(true);
        if (sound) {
            trusting = false;
            return on.get();
        }
        if (trusting) {
            tellOf("it does not belong to what the journal holds");
        }
        forget.run();
        startOver();
        Outcome anew = follow(live, most, taker).orElseThrow();
        return new Outcome(had, anew.damage());
    }

    /** Reads on; empty: the line it stands after is nowhere any more. */
    private Optional<Outcome> follow(
            @Nullable Content live, long most, Consumer<List<TimedEvent>> taker)
            throws IOException {
        if (live == null || !standsIn(live)) {
            List<JournalArchives.Archive> archives = archivesBefore(live);
            if (!standsIn(archives)) {
                return Optional.empty();
            }
            for (JournalArchives.Archive archive : archives) {
                if (archive.last() > place.count()) {
                    read(archive, taker);
                }
            }
            place = JournalPlace.before(place.count() + 1);
        }
        Optional<JournalScan.Damage> damage =
                live == null ? Optional.empty() : scan(live, Math.min(most, live.size()), taker);
        return Optional.of(new Outcome(false, damage));
    }

    private boolean standsIn(Content live) throws IOException {
        if (place.offset() > 0) {
            return place.standsIn(live);
        }
        return place.count() > 0 && JournalPlace.firstOf(live) == place.first();
    }

    /** What was set aside after {@code live} was opened is still read from there. */
    private List<JournalArchives.Archive> archivesBefore(@Nullable Content live)
            throws IOException {
        List<JournalArchives.Archive> archives = JournalArchives.of(path);
        // After the list: a file that is still empty is not in it.
        long first = live == null ? 0 : JournalPlace.firstOf(live);
        for (int i = 0; i < archives.size(); i++) {
            if (i > 0 && archives.get(i).first() == first) {
                return archives.subList(0, i);
            }
        }
        return archives;
    }

    private boolean standsIn(List<JournalArchives.Archive> archives) throws IOException {
        if (place.offset() == 0) {
            return place.count() == 0
                    || (!archives.isEmpty() && archives.getLast().last() >= place.count());
        }
        for (JournalArchives.Archive archive : archives) {
            if (archive.first() == place.first()) {
                try (Content file = open(archive)) {
                    return place.standsIn(file);
                }
            }
        }
        return false;
    }

    private static Content open(JournalArchives.Archive archive) {
        try {
            return Content.openUninterrupted(archive.path());
        } catch (IOException e) {
            throw DiskFault.of(
                    "journal-open",
                    "read the journal's archive",
                    archive.path(),
                    e,
                    "Make it readable.");
        }
    }

    private void read(JournalArchives.Archive archive, Consumer<List<TimedEvent>> taker)
            throws IOException {
        if (archive.first() != place.first()) {
            place = JournalPlace.before(archive.first());
        }
        try (Content file = open(archive)) {
            Optional<JournalScan.Damage> damage = scan(file, file.size(), taker);
            if (damage.isPresent()) {
                throw JournalArchives.damaged(archive.path(), damage.get());
            }
        }
        if (place.count() != archive.last()) {
            throw JournalArchives.miscounted(archive, place.count());
        }
    }

    private Optional<JournalScan.Damage> scan(
            Content file, long to, Consumer<List<TimedEvent>> taker) throws IOException {
        JournalScan scan =
                JournalScan.read(
                        file,
                        codec,
                        place.offset(),
                        to,
                        place.count() + 1,
                        events -> {
                            history = history.with(events);
                            taker.accept(events);
                        });
        if (scan.count() > 0) {
            place = place.after(file, scan.count(), scan.good());
        }
        return scan.damage().map(damage -> damage.inFileFrom(place.first()));
    }

    /** Asked for when there is something to say: the first logger of a program takes 40 ms. */
    private static Logger log() {
        return LoggerFactory.getLogger(JournalWalk.class);
    }
}
