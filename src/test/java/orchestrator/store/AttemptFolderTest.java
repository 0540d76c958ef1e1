package orchestrator.store;

import static orchestrator.store.StateFolderTest.assertFault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.IssueId;
import orchestrator.model.ProcessIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptFolderTest {
    @TempDir Path folder;
    private StateFolder state;

    @BeforeEach
    void make() {
        state = StateFolder.create(folder.resolve("state"));
    }

    private AttemptFolder made() {
        return AttemptFolder.create(
                state, Samples.ATTEMPT, Samples.call(folder, "/bin/sh", "-c", "exit 0"));
    }

    @Test
    void it_holds_what_the_script_needs_and_is_private() throws IOException {
        AttemptFolder attempt =
                AttemptFolder.create(
                        state,
                        Samples.ATTEMPT,
                        new AttemptFolder.Call(
                                "do $(it)\nend",
                                List.of("/usr/bin/agent", "-p", "", "two words"),
                                Map.of("B", "2 ", "A", "$(x)", AttemptFolder.MARKER, "forged"),
                                Path.of("/w/issue-52"),
                                "rehearsal"));

        assertThat(attempt.path())
                .isEqualTo(state.root().resolve("attempts/proof/52/003-write_tests"))
                .isEqualTo(AttemptFolder.of(state, Samples.ATTEMPT).path());
        assertThat(attempt.prompt()).hasContent("do $(it)\nend");
        assertThat(attempt.path().resolve("argv"))
                .content()
                .isEqualTo("/usr/bin/agent\n-p\n\ntwo words\n");
        assertThat(attempt.path().resolve("environment"))
                .content()
                .isEqualTo("A=$(x)\nB=2 \nORCHESTRATOR_ATTEMPT=attempt-3-4711\n");
        assertThat(attempt.path().resolve("worktree")).content().isEqualTo("/w/issue-52\n");
        assertThat(attempt.transcript()).isEmptyFile();
        assertThat(attempt.path().resolve("run.sh")).content().startsWith("#!/bin/sh\n");
        try (Stream<Path> files = Files.list(attempt.path())) {
            assertThat(files)
                    .allSatisfy(file ->
                            assertThat(
                                            PosixFilePermissions.toString(
                                                    Files.getPosixFilePermissions(file)))
                                    .isEqualTo("rw-------"));
        }
        assertThat(attempt.exists()).isTrue();
        assertThat(attempt.started()).isFalse();
    }

    @Test
    void an_existing_folder_is_never_used_again() throws IOException {
        AttemptFolder first = made();
        Files.writeString(first.stream(), "evidence");

        assertFault("attempt-exists", this::made);

        assertThat(first.stream()).hasContent("evidence");
    }

    @Test
    void values_that_a_line_cannot_carry_are_refused_before_anything_is_made() {
        for (List<String> argv :
                List.of(
                        List.<String>of(),
                        List.of("relative"),
                        List.of("/bin/sh", "a\nb"),
                        List.of("/bin/sh", "a\0b"))) {
            assertThat(catchThrowable(() -> create(argv, Map.of())))
                    .as("%s", argv)
                    .hasMessageMatching("(?s).*(absolute path|line break).*");
        }
        List<String> good = List.of("/bin/sh");
        assertFault("unsafe-variable", () -> create(good, Map.of("A B", "1")));
        assertFault("unsafe-variable", () -> create(good, Map.of("", "1")));
        assertFault("unsafe-line", () -> create(good, Map.of("A", "1\n2")));
        assertThat(AttemptFolder.of(state, Samples.ATTEMPT).exists()).isFalse();
    }

    private void create(List<String> argv, Map<String, String> environment) {
        AttemptFolder.create(
                state,
                Samples.ATTEMPT,
                new AttemptFolder.Call("p", argv, environment, folder, "rehearsal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../../x", "a/b", "", "A B"})
    void names_that_lead_elsewhere_are_refused(String stage) {
        Attempt attempt =
                new Attempt(
                        "id",
                        new IssueId("proof", 1),
                        stage,
                        0,
                        1,
                        1,
                        "s",
                        AttemptKind.FIRST,
                        "c",
                        Samples.AT);
        assertFault("unsafe-name", () -> AttemptFolder.of(state, attempt));
    }

    @Test
    void exit_and_process_are_empty_until_they_are_whole() throws IOException {
        AttemptFolder attempt = made();
        assertThat(attempt.exit()).isEmpty();
        assertThat(attempt.process()).isEmpty();
        for (String torn : List.of("", "x", "0 interr", "1234", "-1", "0\n0\n")) {
            Files.writeString(attempt.exitFile(), torn);
            assertThat(attempt.exit()).as(torn).isEmpty();
        }
        for (String torn : List.of("", "12", "12 13", "12 x boot", "12 13 ")) {
            Files.writeString(attempt.path().resolve("process"), torn);
            assertThat(attempt.process()).as(torn).isEmpty();
        }
        Files.writeString(attempt.exitFile(), "0 interrupted\n");
        assertThat(attempt.exit()).contains(new AttemptFolder.ExitMark(0, true));
        Files.writeString(attempt.exitFile(), "137\n");
        assertThat(attempt.exit()).contains(new AttemptFolder.ExitMark(137, false));
        Files.writeString(attempt.path().resolve("process"), "12 345 none\n");
        assertThat(attempt.process()).contains(new ProcessIdentity(12, 345, "none"));
    }

    @Test
    void the_end_of_standard_error_is_cut_at_a_whole_character() throws IOException {
        AttemptFolder attempt = made();
        assertThat(attempt.stderrTail(8192)).isEmpty();
        Files.writeString(attempt.stderr(), "é".repeat(10_000));
        assertThat(attempt.stderrTail(8191)).isEqualTo("é".repeat(4095));
        assertThat(attempt.stderrTail(100_000)).hasSize(10_000);
    }

    @Test
    void making_one_is_fast_enough() {
        int rounds = 20;
        long begin = System.nanoTime();
        for (int i = 1; i <= rounds; i++) {
            AttemptFolder.create(state, Samples.attempt(i), Samples.call(folder, "/bin/true"));
        }
        double millis = (System.nanoTime() - begin) / 1e6 / rounds;
        System.out.printf("attempt folder: made in %.2f ms%n", millis);
        assertThat(millis).isLessThan(1000);
    }

    @Test
    void whoever_forbids_its_making_first_keeps_all_others_from_it() {
        AttemptFolder attempt = AttemptFolder.of(state, Samples.ATTEMPT);

        assertThat(attempt.forbidMaking(state)).isTrue();
        assertThat(attempt.forbidden()).as("a script would refuse to run").isTrue();
        assertFault("attempt-exists", this::made);
    }

    @Test
    void the_making_of_one_that_is_there_is_not_forbidden_any_more() {
        AttemptFolder attempt = made();

        assertThat(attempt.forbidMaking(state)).isFalse();
        assertThat(attempt.started()).as("its script may still begin").isFalse();
    }
}
