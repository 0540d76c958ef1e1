package orchestrator.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import orchestrator.model.Limits;
import orchestrator.model.Platform;
import orchestrator.model.ProjectContext;
import orchestrator.model.Stage;
import orchestrator.model.Timings;

/** Reads one file; whatever can be judged by that file alone is judged here. */
final class ProjectReader {
    /** A year: beyond it nobody means what is written. */
    static final double LONGEST_SECONDS = 365.0 * 24 * 3600;

    static final double SHORTEST_SECONDS = 0.1;
    static final int MOST_WORKERS = 500;
    static final int MOST_RETRIES = 1000;

    /** A billion, of dollars or of MiB: beyond it nobody means what is written. */
    static final int MOST = 1_000_000_000;

    private static final int MOST_DAYS = 36_500;

    /** Longest path of a Unix socket that every system takes. */
    private static final int LONGEST_SOCKET = 100;

    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,99}");
    private static final Pattern SOCKET = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private final Source source;
    private final Section section;
    private final StageReader stages;

    ProjectReader(Source source, Node.Obj root, StageReader stages) {
        this.source = source;
        this.section = new Section(source, root, Keys.PROJECT);
        this.stages = stages;
    }

    ProjectDraft read() {
        section.text("$schema");
        Optional<At<String>> named = name();
        At<String> name = named.orElseGet(() -> new At<>(nameFromFile(), section.span()));
        RepoReader repos = new RepoReader(section);
        List<ProjectDraft.RepoDraft> repoDrafts = repos.read();
        List<Stage> pipeline = stages.pipeline(section);
        IssueReader issues = new IssueReader(source, name.value(), repos.names(), pipeline);
        return new ProjectDraft(
                source,
                name,
                named.isPresent(),
                repos.names(),
                repoDrafts,
                pipeline,
                context(),
                limits(),
                new AgentReader(section).read(),
                issues.read(section.list("issues").map(Node.Arr::items).orElse(List.of())),
                section.object("initial_assignments"),
                openPullRequest(repoDrafts),
                section.flag("retry_failed").map(At::value).orElse(true),
                section.flag("on_hold").map(At::value).orElse(false),
                shared());
    }

    private boolean openPullRequest(List<ProjectDraft.RepoDraft> repos) {
        Optional<At<Boolean>> wanted = section.flag("open_pull_request").filter(At::value);
        List<String> without =
                repos.stream()
                        .map(ProjectDraft.RepoDraft::repo)
                        .filter(repo -> repo.platform() == Platform.NONE)
                        .map(repo -> Quoted.of(repo.name()))
                        .toList();
        if (wanted.isPresent() && !without.isEmpty()) {
            source.warning(
                    wanted.get().span(),
                    "\"open_pull_request\" has no effect for %s: say with \"platform\" whether it is on github or gitlab"
                            .formatted(String.join(", ", without)));
        }
        return wanted.isPresent();
    }

    private Optional<At<String>> name() {
        if (section.value("project").isEmpty()) {
            section.missing(
                    "project", "name the project, such as \"project\": \"" + nameFromFile() + "\"");
            return Optional.empty();
        }
        return section.text("project")
                .filter(name ->
                        matches(
                                name,
                                PROJECT,
                                "\"project\"",
                                "at most 100 letters, digits, . _ and -, the first no . or"
                                        + " -"));
    }

    /** {@code proof} for {@code proof-issues.json}, made safe. */
    private String nameFromFile() {
        Path file = source.file().getFileName();
        String stem = String.valueOf(file).replaceFirst("(-issues)?\\.json$", "");
        String safe = stem.replaceAll("[^A-Za-z0-9_]+", "-").replaceFirst("^-+", "");
        return safe.isEmpty() ? "project" : safe.substring(0, Math.min(100, safe.length()));
    }

    private boolean matches(At<String> text, Pattern pattern, String subject, String rule) {
        if (pattern.matcher(text.value()).matches()) {
            return true;
        }
        source.problem(
                text.span(), subject + " is " + Quoted.of(text.value()) + "; it may hold " + rule);
        return false;
    }

    private ProjectContext context() {
        Optional<Node.Obj> object = section.object("project_context");
        if (object.isEmpty()) {
            return ProjectContext.EMPTY;
        }
        Section context = new Section(source, object.get(), Keys.CONTEXT);
        return new ProjectContext(
                text(context, "language"),
                text(context, "build_command"),
                text(context, "test_command"),
                context.texts("safety_rules").stream().map(At::value).toList(),
                text(context, "commit_prefix"),
                context.texts("key_files").stream().map(At::value).toList());
    }

    private static String text(Section from, String key) {
        return from.text(key).map(At::value).orElse("");
    }

    private Limits limits() {
        return new Limits(
                section.integer("max_retries", 0, MOST_RETRIES)
                        .map(At::value)
                        .orElse(Limits.DEFAULT.maxRetries()),
                seconds("stall_timeout").orElse(Limits.DEFAULT.stallTimeout()),
                seconds("wall_clock_timeout").orElse(Limits.DEFAULT.wallClockTimeout()),
                timings());
    }

    private Timings timings() {
        Optional<Node.Obj> object = section.object("timings");
        if (object.isEmpty()) {
            return Timings.DEFAULT;
        }
        Section timings = new Section(source, object.get(), Keys.TIMINGS);
        Timings usual = Timings.DEFAULT;
        return new Timings(
                wait(timings, "silent_start", usual.silentStart()),
                wait(timings, "linger", usual.linger()),
                wait(timings, "unknown_reset", usual.unknownReset()),
                timings.seconds("reset_jitter", 0, LONGEST_SECONDS)
                        .map(At::value)
                        .orElse(usual.resetJitter()),
                wait(timings, "account_probe", usual.accountProbe()),
                wait(timings, "backoff", usual.backoff()),
                wait(timings, "longest_backoff", usual.longestBackoff()));
    }

    private static Duration wait(Section timings, String key, Duration usual) {
        return timings.seconds(key, SHORTEST_SECONDS, LONGEST_SECONDS).map(At::value).orElse(usual);
    }

    private Optional<Duration> seconds(String key) {
        return section.seconds(key, SHORTEST_SECONDS, LONGEST_SECONDS).map(At::value);
    }

    private ProjectDraft.Shared shared() {
        return new ProjectDraft.Shared(
                section.text("tmux_session")
                        .filter(session ->
                                matches(
                                        session,
                                        SESSION,
                                        "\"tmux_session\"",
                                        "at most 100 letters, digits, _ and -, the first"
                                                + " no -")),
                section.integer("num_workers", 1, MOST_WORKERS),
                section.seconds("cycle_interval", SHORTEST_SECONDS, LONGEST_SECONDS),
                section.seconds("stagger_delay", 0, LONGEST_SECONDS),
                socket(),
                section.path("state_dir"),
                section.dollars("max_budget_usd", MOST),
                section.integer("min_free_disk_mb", 0, MOST),
                section.integer("min_free_memory_mb", 0, MOST),
                section.integer("compress_logs_after_days", 0, MOST_DAYS),
                section.integer("compress_logs_above_mb", 0, MOST));
    }

    private Optional<At<String>> socket() {
        Optional<At<String>> written = section.line("tmux_socket");
        if (written.isEmpty()) {
            return Optional.empty();
        }
        if (!written.get().value().contains("/")) {
            return written.filter(name ->
                    matches(
                            name,
                            SOCKET,
                            "\"tmux_socket\"",
                            "a path, or a name of at most 100 letters, digits, . _ and -,"
                                    + " the first no . or -"));
        }
        return section.path("tmux_socket")
                .filter(path -> {
                    boolean fits = path.value().toString().length() <= LONGEST_SOCKET;
                    if (!fits) {
                        source.problem(
                                path.span(),
                                "\"tmux_socket\" is a path of more than %d characters, which sockets cannot have; choose a shorter one"
                                        .formatted(LONGEST_SOCKET));
                    }
                    return fits;
                })
                .map(path -> new At<>(path.value().toString(), path.span()));
    }
}
