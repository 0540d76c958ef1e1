package orchestrator.ui;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import orchestrator.model.Fault;
import orchestrator.monitor.Terminals;
import org.jspecify.annotations.Nullable;

/** Terminals whose programs echo what is typed; the test is told of all that was asked. */
final class FakeTerminals implements Terminals {
    private final Consumer<String> ask;
    final List<FakeScreen> screens = new CopyOnWriteArrayList<>();
    volatile List<String> programs = List.of("kitty", "xterm");
    volatile @Nullable Fault fault;

    FakeTerminals(Consumer<String> ask) {
        this.ask = ask;
    }

    /** What runs in a terminal: it greets, then echoes. */
    final class FakeScreen implements Screen {
        private final BlockingQueue<byte[]> shown = new LinkedBlockingQueue<>(1_000);
        private final CountDownLatch end = new CountDownLatch(1);
        private final InputStream output = new Shown();
        final AtomicReference<String> typing = new AtomicReference<>("");
        final List<String> sizes = new CopyOnWriteArrayList<>();
        final AtomicInteger fits = new AtomicInteger();

        FakeScreen(String greeting) {
            show(greeting);
        }

        /** All that was typed into it. */
        String typed() {
            return java.util.Objects.requireNonNull(typing.get());
        }

        /** Waits while too much is not yet read, as a real terminal does. */
        void show(String text) {
            try {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                while (isAlive() && !shown.offer(bytes, 20, TimeUnit.MILLISECONDS)) {}
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void end() {
            end.countDown();
        }

        private final class Shown extends InputStream {
            private byte[] rest = new byte[0];

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                try {
                    while (rest.length == 0) {
                        byte[] next = shown.poll(10, TimeUnit.MILLISECONDS);
                        if (next != null) {
                            rest = next;
                        } else if (!isAlive()) {
                            return -1;
                        }
                    }
                } catch (InterruptedException interrupted) {
                    throw new java.io.InterruptedIOException();
                }
                int taken = Math.min(length, rest.length);
                System.arraycopy(rest, 0, into, offset, taken);
                rest = Arrays.copyOfRange(rest, taken, rest.length);
                return taken;
            }
        }

        @Override
        public InputStream output() {
            return output;
        }

        @Override
        public void type(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            typing.updateAndGet(before -> before + text);
            show(text);
        }

        @Override
        public void resize(int columns, int rows) {
            sizes.add(columns + "x" + rows);
        }

        @Override
        public void fit() {
            fits.incrementAndGet();
        }

        @Override
        public boolean isAlive() {
            return end.getCount() > 0;
        }

        @Override
        public int waitFor() throws InterruptedException {
            end.await();
            return 0;
        }

        @Override
        public void close() {
            if (isAlive()) {
                ask.accept("close terminal");
                end();
            }
        }
    }

    private void asked(String what) {
        ask.accept(what);
        Fault known = fault;
        if (known != null) {
            throw known;
        }
    }

    private Screen screen(String greeting) {
        FakeScreen screen = new FakeScreen(greeting);
        screens.add(screen);
        return screen;
    }

    @Override
    public List<String> programs() {
        asked("programs");
        return programs;
    }

    @Override
    public Screen attach(int worker, int columns, int rows) {
        asked("attach " + worker);
        return screen("worker " + worker + " at " + columns + "x" + rows + "\r\n");
    }

    @Override
    public Screen shell(Path folder, int columns, int rows) {
        asked("shell " + folder);
        return screen("in " + folder + "\r\n$ ");
    }

    @Override
    public void attachIn(String program, String title, int worker) {
        asked("attach " + worker + " in " + program);
    }

    @Override
    public void shellIn(String program, String title, Path folder) {
        asked("shell " + folder + " in " + program);
    }

    @Override
    public void files(Path folder) {
        asked("files " + folder);
    }

    @Override
    public void page(String address) {
        asked("page " + address);
    }

    @Override
    public void editor(String command, Path folder) {
        asked("editor " + command + " " + folder);
    }
}
