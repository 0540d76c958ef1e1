package orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import orchestrator.config.Workspace;
import orchestrator.git.Leftovers;
import orchestrator.git.Rescues;
import orchestrator.git.ScratchCopies;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is read without picocli is what picocli reads. */
class StatusWordsTest {
    private static final List<String> WORDS =
            List.of(
                    "status",
                    "status",
                    "status",
                    "--json",
                    "--rehearsal",
                    "--json",
                    "--workspace",
                    "--workspace=/w",
                    "--workspace=",
                    "--workspace=a=b",
                    "--workspace='a'",
                    "--config",
                    "--config=c.json",
                    "--config-dir",
                    "--config-dir=@d",
                    "--conf",
                    "--json=true",
                    "--help",
                    "-h",
                    "--version",
                    "--",
                    "",
                    ".",
                    "/w",
                    "@file",
                    "${x}",
                    "\"a b\"",
                    "launch",
                    "help",
                    "add-issue",
                    "7",
                    "a b");

    /** Only read: nothing of a workspace is asked for. */
    private static final Workspaces NONE =
            new Workspaces() {
                @Override
                public RunContext look(Workspace workspace, WorkspaceConfig config) {
                    throw new AssertionError();
                }

                @Override
                public RunContext open(Workspace workspace, WorkspaceConfig config) {
                    throw new AssertionError();
                }

                @Override
                public RunContext openInWindow(Workspace workspace, WorkspaceConfig config) {
                    throw new AssertionError();
                }

                @Override
                public NewWorkspaces making() {
                    throw new AssertionError();
                }

                @Override
                public Rescues rescues() {
                    throw new AssertionError();
                }

                @Override
                public Leftovers leftovers() {
                    throw new AssertionError();
                }

                @Override
                public ScratchCopies scratchCopies() {
                    throw new AssertionError();
                }
            };

    private static Commands commands() {
        return new Commands(NONE, words -> 0, (context, config) -> {}, Map.of(), "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status --json",
                "--workspace /w status",
                "--workspace=/w status --json",
                "status --json --config-dir ./d",
                "--config c.json status",
                "--rehearsal status --json --workspace ./w"
            })
    void what_is_written_mostly_needs_no_picocli(String words) {
        assertThat(StatusWords.of(words.split(" ", -1))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--json",
                "--json status",
                "status status",
                "status --json --json",
                "status --rehearsal --rehearsal",
                "status --rehearsal=false",
                "status --help",
                "status --version",
                "status --workspace",
                "status --workspace --json",
                "status --workspace a --workspace b",
                "status extra",
                "status --",
                "--workspace launch status",
                "launch",
                "help status"
            })
    void all_else_is_left_to_it(String words) {
        assertThat(StatusWords.of(words.split(" ", -1))).isEmpty();
    }

    @Test
    void picocli_reads_the_same() {
        Random random = new Random(7);
        int read = 0;
        for (int i = 0; i < 8_000; i++) {
            List<String> words = new ArrayList<>();
            for (int count = 1 + random.nextInt(5); count > 0; count--) {
                words.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            String[] all = words.toArray(String[]::new);
            Optional<StatusWords> quick = StatusWords.of(all);
            if (quick.isPresent()) {
                read++;
                compare(quick.get(), words);
            }
        }
        assertThat(read).isGreaterThan(100);
    }

    private static void compare(StatusWords quick, List<String> words) {
        Commands commands = commands();
        CommandLine.ParseResult root = commands.parse(words.toArray(String[]::new));
        assertThat(root.hasSubcommand()).as("%s", words).isTrue();
        CommandLine.ParseResult status = root.subcommand();
        assertThat(status.commandSpec().name()).as("%s", words).isEqualTo("status");
        assertThat(status.hasMatchedOption("--json")).as("%s", words).isEqualTo(quick.json());
        assertThat(quick.place())
                .as("%s", words)
                .usingRecursiveComparison()
                .withEqualsForType(Path::equals, Path.class)
                .isEqualTo(commands.place());
    }
}
