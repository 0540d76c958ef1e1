package orchestrator.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import orchestrator.process.Command;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;

/** Runs real processes, cut off from the configuration of whoever runs the tests. */
public final class TestRunner implements CommandRunner {
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    /** Every command that was run, in order. */
    final ConcurrentLinkedQueue<Command> ran = new ConcurrentLinkedQueue<>();

    private final Map<String, String> environment;

    /** A runner whose children see these variables besides. */
    public TestRunner(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Outcome run(Command command) {
        ran.add(command);
        ProcessBuilder builder = new ProcessBuilder(command.argv());
        command.directory().ifPresent(folder -> builder.directory(folder.toFile()));
        Map<String, String> env = builder.environment();
        env.keySet().removeIf(name -> name.startsWith("GIT_"));
        env.put("GIT_CONFIG_GLOBAL", "/dev/null");
        env.put("GIT_CONFIG_NOSYSTEM", "1");
        env.put("XDG_CONFIG_HOME", "/dev/null");
        env.putAll(environment);
        command.unset().forEach(env::remove);
        env.putAll(command.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Outcome.CouldNotStart(String.valueOf(e.getMessage()));
        }
        return await(process, command);
    }

    private static Outcome await(Process process, Command command) {
        CompletableFuture<String> out = reading(process.getInputStream());
        CompletableFuture<String> err = reading(process.getErrorStream());
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(command.input().orElse("").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It did not want the rest.
        }
        try {
            if (!process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return new Outcome.TimedOut(command.timeout(), out.join(), err.join());
            }
            return new Outcome.Exited(process.exitValue(), out.join(), err.join());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return new Outcome.CouldNotStart("interrupted");
        }
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                THREADS);
    }

    /** The commands of git that were run, without the settings that all share. */
    List<String> verbs() {
        return ran.stream()
                .map(Command::argv)
                .map(argv -> {
                    int i = 1;
                    while (argv.get(i).equals("-c")) {
                        i += 2;
                    }
                    return argv.get(i);
                })
                .toList();
    }
}
