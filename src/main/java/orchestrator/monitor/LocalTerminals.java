package orchestrator.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import orchestrator.model.WorkspaceConfig;
import orchestrator.process.Await;
import orchestrator.process.Command;
import orchestrator.process.FolderOpener;
import orchestrator.process.PseudoTerminal;
import orchestrator.process.TerminalProgram;

/** Terminals on this machine. */
final class LocalTerminals implements Terminals {
    /** How long a terminal program may take to show its window. */
    private static final Duration SHOWN = Duration.ofSeconds(5);

    private final RunContext context;
    private final Supplier<WorkspaceConfig> config;
    private final TerminalProgram programs;
    private final FolderOpener folders;

    LocalTerminals(RunContext context, Supplier<WorkspaceConfig> config) {
        this.context = context;
        this.config = config;
        String path = context.environment().getOrDefault("PATH", "");
        programs = new TerminalProgram(path);
        folders = new FolderOpener(path);
    }

    @Override
    public List<String> programs() {
        return programs.names();
    }

    @Override
    public Screen attach(int worker, int columns, int rows) {
        Attach.View view = Attach.view(context, config.get(), worker);
        PseudoTerminal terminal = PseudoTerminal.start(ours(view.command()), columns, rows);
        return new OfProcess(
                terminal,
                () -> {
                    var _ = view.fit();
                });
    }

    @Override
    public Screen shell(Path folder, int columns, int rows) {
        FolderOpener.require(folder);
        Command command = ours(List.of(userShell())).in(folder);
        return new OfProcess(PseudoTerminal.start(command, columns, rows), () -> {});
    }

    private String userShell() {
        return context.environment().getOrDefault("SHELL", "/bin/sh");
    }

    /** What runs in a new terminal is not inside of the tmux that we may be in. */
    private static Command ours(List<String> words) {
        return Command.of(words).without("TMUX").without("TMUX_PANE");
    }

    @Override
    public void attachIn(String program, String title, int worker) {
        Attach.View view = Attach.view(context, config.get(), worker);
        programs.open(program, title, view.command());
        var _ = Await.until(SHOWN, view::fit);
    }

    @Override
    public void shellIn(String program, String title, Path folder) {
        FolderOpener.require(folder);
        String script = "cd \"$0\" && exec \"$1\"";
        programs.open(program, title, List.of("sh", "-c", script, folder.toString(), userShell()));
    }

    @Override
    public void files(Path folder) {
        folders.files(folder);
    }

    @Override
    public void page(String address) {
        folders.page(address);
    }

    @Override
    public void editor(String command, Path folder) {
        folders.editor(command, folder);
    }

    private record OfProcess(PseudoTerminal terminal, Runnable fitting) implements Screen {
        @Override
        public InputStream output() {
            return terminal.output();
        }

        @Override
        public void type(byte[] bytes) throws IOException {
            terminal.write(bytes);
        }

        @Override
        public void resize(int columns, int rows) {
            terminal.resize(Math.max(1, columns), Math.max(1, rows));
        }

        @Override
        public void fit() {
            fitting.run();
        }

        @Override
        public boolean isAlive() {
            return terminal.isAlive();
        }

        @Override
        public int waitFor() throws InterruptedException {
            return terminal.waitFor();
        }

        @Override
        public void close() {
            terminal.close();
        }
    }
}
