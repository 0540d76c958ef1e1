package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Runs commands as a person would, in a world of their own: another home, another tmux server, no
 * git settings. Everything it starts, and everything that starts in turn, carries a mark in its
 * environment, by which {@link #endAll} finds it.
 */
final class Hands {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String MARK = "ORCHESTRATOR_E2E";
    private static final List<String> KEPT = List.of("PATH", "JAVA_HOME", "USER", "LOGNAME");

    private final Path root;
    private final String mark = UUID.randomUUID().toString();
    private final AtomicInteger runs = new AtomicInteger();

    /** How a command ended. */
    record Done(List<String> argv, int code, String out, String err) {
        /** What it printed; fails the test when it did not end well. */
        String well() {
            assertThat(code).as("%s", this).isZero();
            return out.strip();
        }

        @Override
        public String toString() {
            return "%s\nexit %d\n%s\n%s".formatted(argv, code, out, err);
        }
    }

    /** A command that runs. */
    record Running(List<String> argv, Process process, Path out, Path err) {
        /** Waits for its end. */
        Done end() {
            try {
                boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                Done done = new Done(argv, ended ? process.exitValue() : -1, read(out), read(err));
                assertThat(ended).as("ended in time: %s", done).isTrue();
                return done;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** Hands in a folder that exists and whose path is short: sockets lie in it. */
    Hands(Path root) {
        this.root = root;
        for (String name : List.of("home", "t", "out", "tmp")) {
            make(root.resolve(name));
        }
    }

    /** Runs it to its end. */
    Done run(Path folder, List<String> argv) {
        return start(folder, argv).end();
    }

    /** Starts it. */
    Running start(Path folder, List<String> argv) {
        int number = runs.incrementAndGet();
        // Files, not pipes: what outlives the command and holds its output keeps nobody waiting.
        Path out = root.resolve("out").resolve(number + ".out");
        Path err = root.resolve("out").resolve(number + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(argv)
                        .directory(folder.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        furnish(builder.environment());
        try {
            return new Running(List.copyOf(argv), builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder of programs that are found before all others. */
    Path bin() {
        Path bin = root.resolve("bin");
        make(bin);
        return bin;
    }

    private void furnish(Map<String, String> environment) {
        environment.keySet().retainAll(KEPT);
        environment.merge("PATH", root.resolve("bin").toString(), (all, ours) -> ours + ":" + all);
        environment.putAll(
                Map.of(
                        MARK,
                        mark,
                        "HOME",
                        root.resolve("home").toString(),
                        "TMPDIR",
                        root.resolve("tmp").toString(),
                        "TMUX_TMPDIR",
                        root.resolve("t").toString(),
                        "TERM",
                        "xterm-256color",
                        "LC_ALL",
                        "C.UTF-8",
                        "GIT_CONFIG_GLOBAL",
                        "/dev/null",
                        "GIT_CONFIG_NOSYSTEM",
                        "1"));
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "A Person");
            environment.put("GIT_" + who + "_EMAIL", "person@example.org");
        }
    }

    /** git as a person types it; fails the test when git fails. */
    String git(Path folder, String... words) {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(words));
        return run(folder, argv).well();
    }

    /** tmux as a person types it, on this world's server. */
    Done tmux(String... words) {
        List<String> argv = new ArrayList<>(List.of("tmux", "-u"));
        argv.addAll(List.of(words));
        return run(root, argv);
    }

    /** Everything that was started here and still runs. */
    List<ProcessHandle> alive() {
        byte[] wanted = (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
        return ProcessHandle.allProcesses().filter(process -> carries(process, wanted)).toList();
    }

    private static boolean carries(ProcessHandle process, byte[] wanted) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
        } catch (IOException e) {
            // Gone, or another user's: not ours.
            return false;
        }
        int start = 0;
        for (int at = 0; at < environment.length; at++) {
            if (environment[at] == 0) {
                if (Arrays.equals(environment, start, at, wanted, 0, wanted.length)) {
                    return true;
                }
                start = at + 1;
            }
        }
        return false;
    }

    /** Ends all of it and waits until it is gone. */
    void endAll() {
        tmux("kill-server");
        await("everything that was started ends")
                .atMost(PATIENCE)
                .until(() -> {
                    alive().forEach(ProcessHandle::destroyForcibly);
                    return alive().isEmpty();
                });
    }

    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, String text) {
        try {
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What lies in a folder, by name; nothing when it is not there. */
    static List<String> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
