package orchestrator.wiring;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class DiagnosticLogTest {
    private static final Logger LOG = LoggerFactory.getLogger(DiagnosticLogTest.class);

    @TempDir Path folder;

    private CliLab lab(String name) throws IOException {
        CliLab lab = new CliLab(folder.resolve(name));
        lab.project("a", issue(1, ""));
        return lab;
    }

    private static void open(CliLab lab) {
        Workspace workspace =
                Workspace.locate(
                        Optional.of(lab.root()), Optional.empty(), Optional.empty(), Path.of("/"));
        ConfigResult.Valid valid = (ConfigResult.Valid) ConfigReader.read(workspace);
        lab.assembly().open(workspace, valid.config());
    }

    private static Path log(CliLab lab) {
        return lab.state().logs().resolve("orchestrator.log");
    }

    @Test
    void what_is_logged_lands_in_the_workspace_that_was_opened_last_with_its_trace()
            throws IOException {
        CliLab first = lab("first");
        CliLab second = lab("second");
        open(first);
        LOG.info("one {}", 1);
        LOG.debug("not this");
        open(second);
        LOG.error("two", new IllegalStateException("crossed"));
        assertThat(Files.readString(log(first)))
                .containsPattern(
                        "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  "
                                + ProcessHandle.current().pid()
                                + " \\[.*] DiagnosticLogTest: one 1\n$");
        assertThat(Files.readString(log(second)))
                .contains("ERROR", "two", "IllegalStateException: crossed", "\tat ");
    }

    @Test
    void whoever_only_looks_leads_no_log_anywhere() throws IOException {
        CliLab lab = lab("looked-at");
        assertThat(lab.run("status").exit()).isZero();
        LOG.warn("for a test: nothing is wrong");
        assertThat(lab.state().root()).doesNotExist();
    }
}
