package orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** A pseudo terminal whose output is read all the time, as a person's terminal does. */
public final class TerminalReader implements AutoCloseable {
    private final PseudoTerminal terminal;
    private final AtomicReference<String> seen = new AtomicReference<>("");

    private TerminalReader(PseudoTerminal terminal) {
        this.terminal = terminal;
        Thread.ofPlatform().daemon().name("terminal reader").start(this::read);
    }

    public static TerminalReader start(Command command, int columns, int rows) {
        return new TerminalReader(PseudoTerminal.start(command, columns, rows));
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try {
            for (int n; (n = terminal.output().read(buffer)) >= 0; ) {
                String more = new String(buffer, 0, n, StandardCharsets.UTF_8);
                seen.updateAndGet(before -> before + more);
            }
        } catch (IOException end) {
            seen.updateAndGet(before -> before + "<end>");
        }
    }

    public PseudoTerminal terminal() {
        return terminal;
    }

    public void type(String text) throws IOException {
        terminal.write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void untilSeen(String text) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(seen.get()).contains(text));
    }

    @Override
    public void close() {
        terminal.close();
    }
}
