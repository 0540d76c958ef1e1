package orchestrator.ui.terminal;

import com.techsenger.jeditermfx.core.TtyConnector;
import com.techsenger.jeditermfx.core.util.TermSize;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import orchestrator.monitor.Terminals.Screen;

/** A screen as the emulator wants it. Called on the emulator's threads only. */
final class ScreenConnector implements TtyConnector {
    private final String name;
    private final Screen screen;
    private final InputStreamReader output;
    private final Runnable onFirstOutput;
    private boolean silent = true;

    /**
     * A connector.
     *
     * @param onFirstOutput called once something is there to be seen
     */
    ScreenConnector(String name, Screen screen, Runnable onFirstOutput) {
        this.name = name;
        this.screen = screen;
        this.onFirstOutput = onFirstOutput;
        output = new InputStreamReader(screen.output(), StandardCharsets.UTF_8);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = output.read(buffer, offset, length);
        if (silent && read > 0) {
            silent = false;
            onFirstOutput.run();
        }
        return read;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        screen.type(bytes);
    }

    @Override
    public void write(String text) throws IOException {
        screen.type(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean isConnected() {
        return screen.isAlive();
    }

    @Override
    public void resize(TermSize size) {
        screen.resize(size.getColumns(), size.getRows());
    }

    @Override
    public int waitFor() throws InterruptedException {
        return screen.waitFor();
    }

    @Override
    public boolean ready() throws IOException {
        return output.ready();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void close() {
        screen.close();
    }
}
