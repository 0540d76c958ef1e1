package orchestrator.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.model.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps {@code workers/worker-N.json}: one worker each, with the playbook's names, for people and
 * scripts, and what an observer in another process shows of a live attempt beyond the journal. A
 * projection: nothing is decided from it. One thread at a time.
 */
public final class WorkerFiles {
    private static final Pattern NAME = Pattern.compile("worker-(\\d{1,9})\\.json");

    private final StateFolder state;
    private final Map<Integer, String> written = new HashMap<>();
    private Set<Integer> pool = Set.of();

    public WorkerFiles(StateFolder state) {
        this.state = state;
    }

    /**
     * Writes the files whose content changed and removes those of workers that are not given.
     *
     * @throws orchestrator.model.Fault {@code worker-file}; the next call tries again
     */
    public void write(List<WorkerView> workers) {
        Path at = state.workers();
        try {
            Set<Integer> numbers = new HashSet<>();
            for (WorkerView view : workers) {
                numbers.add(view.worker());
                at = state.worker(view.worker());
                write(view, at);
            }
            if (!numbers.equals(pool)) {
                at = state.workers();
                removeOthers(numbers);
                pool = numbers;
            }
        } catch (IOException e) {
            throw DiskFault.of(
                    "worker-file",
                    "write",
                    at,
                    e,
                    "See that the disk is not full; it is tried again.");
        }
    }

    private void write(WorkerView view, Path file) throws IOException {
        String text = json(view);
        if (!text.equals(written.get(view.worker()))) {
            state.disk().project(file, text.getBytes(StandardCharsets.UTF_8));
            written.put(view.worker(), text);
        }
    }

    private void removeOthers(Set<Integer> numbers) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(state.workers())) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && !numbers.contains(Integer.parseInt(name.group(1)))) {
                    state.disk().delete(file);
                }
            }
        }
        written.keySet().retainAll(numbers);
    }

    private static String json(WorkerView view) {
        ObjectNode json = StoreJson.MAPPER.createObjectNode();
        Optional<IssueId> issue = view.issue();
        json.put("worker_id", view.worker());
        json.put("issue_number", issue.map(IssueId::number).orElse(null));
        json.put("project", issue.map(IssueId::project).orElse(null));
        json.put("branch", orNull(view.branch()));
        json.put("worktree", orNull(view.worktree()));
        json.put("status", view.status().word());
        json.put("stage", orNull(view.stage()));
        json.put("started_at", view.startedAt().map(Object::toString).orElse(null));
        json.put("retry_count", view.retries());
        json.put("commits", view.commits());
        json.put("attempt", view.attempt());
        json.put("title", orNull(view.title()));
        json.put("note", orNull(view.note()));
        json.put("last_activity_at", view.lastActivityAt().map(Object::toString).orElse(null));
        json.put("last_line", orNull(view.lastLine()));
        json.put("cost_usd", view.usage().costUsd());
        ObjectNode tokens = json.putObject("tokens");
        tokens.put("input", view.usage().inputTokens());
        tokens.put("output", view.usage().outputTokens());
        tokens.put("cache_read", view.usage().cacheReadTokens());
        tokens.put("cache_creation", view.usage().cacheCreationTokens());
        return StoreJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    /**
     * What a worker's file says of its live attempt.
     *
     * @param attempt the number of the attempt it speaks of
     * @param running it was seen running
     * @param usage of the issue so far, that attempt included
     */
    public record Live(
            int attempt,
            boolean running,
            Optional<Instant> lastActivity,
            Usage usage,
            String lastLine) {}

    /** Reads a worker's file; empty when there is none or it is not one of ours. */
    public static Optional<Live> read(StateFolder state, int worker) {
        try {
            SmallFile file = SmallFile.read(Files.readAllBytes(state.worker(worker)));
            Usage usage =
                    new Usage(
                            file.number("tokens.input"),
                            file.number("tokens.output"),
                            file.number("tokens.cache_read"),
                            file.number("tokens.cache_creation"),
                            file.decimal("cost_usd"));
            String activity = file.text("last_activity_at", "");
            return Optional.of(
                    new Live(
                            (int) file.number("attempt"),
                            file.text("status", "").equals("running"),
                            activity.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(Instants.parse(activity)),
                            usage,
                            file.text("last_line", "")));
        } catch (IOException | JacksonException | DateTimeException e) {
            // A projection that is not there or was edited by hand: the journal still tells the
            // rest.
            return Optional.empty();
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
