package orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.model.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForegroundTest {
    private final Foreground foreground = new Foreground();

    @TempDir Path folder;

    @Test
    void it_gives_our_own_streams_and_returns_the_code() throws Exception {
        Command command =
                Command.of("sh", "-c", "readlink /proc/self/fd/0 /proc/self/fd/2 >seen; exit 5");

        assertThat(foreground.run(command.in(folder))).isEqualTo(5);

        assertThat(Files.readAllLines(folder.resolve("seen")))
                .containsExactly(
                        Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString(),
                        Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString());
    }

    @Test
    void what_cannot_start_is_a_fault() {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> foreground.run(Command.of("no-such-tool")))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("cannot-start"))
                .withMessageContaining("no-such-tool was not found on the PATH");
    }

    @Test
    void an_interruption_ends_it() throws Exception {
        AtomicInteger code = new AtomicInteger(-1);
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            Command command =
                                    Command.of("sh", "-c", ">up; exec sleep 300").in(folder);
                            int ended = foreground.run(command);
                            code.set(Thread.interrupted() ? ended : -2);
                        });
        await().until(() -> Files.exists(folder.resolve("up")));

        thread.interrupt();

        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        assertThat(code.get()).isEqualTo(143);
    }
}
