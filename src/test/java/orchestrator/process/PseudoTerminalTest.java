package orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import orchestrator.model.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs on a real terminal of ours. */
class PseudoTerminalTest {
    @TempDir Path folder;

    @Test
    void what_is_typed_reaches_the_program_and_what_it_writes_comes_back() throws Exception {
        try (TerminalReader cat = TerminalReader.start(Command.of("cat"), 80, 24)) {
            cat.type("grüße\n");
            cat.untilSeen("grüße\r\ngrüße");
            assertThat(cat.terminal().isAlive()).isTrue();
        }
    }

    @Test
    void the_program_has_its_size_its_folder_and_a_terminal_it_knows() throws Exception {
        String script = "stty size; pwd; echo \"$TERM\"; read x; stty size; echo done";
        Command command = Command.of("sh", "-c", script).in(folder);
        try (TerminalReader shell = TerminalReader.start(command, 101, 33)) {
            shell.untilSeen("33 101\r\n" + folder.toRealPath() + "\r\nxterm-256color");
            shell.terminal().resize(77, 22);
            shell.type("\n");
            shell.untilSeen("22 77\r\ndone");
            assertThat(shell.terminal().waitFor()).isZero();
        }
    }

    @Test
    void closing_hangs_up_and_ends_even_what_does_not_listen() throws Exception {
        TerminalReader deaf =
                TerminalReader.start(
                        Command.of("sh", "-c", "trap '' HUP TERM; echo up; sleep 300; sleep 300"),
                        80,
                        24);
        deaf.untilSeen("up");
        long pid = deaf.terminal().pid();

        deaf.close();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void a_program_that_is_not_there_is_a_fault_that_names_it() {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> PseudoTerminal.start(Command.of("no-such-program-x"), 80, 24))
                .withMessageContaining("no-such-program-x")
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("cannot-start"));
        Path none = folder.resolve("none");
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> PseudoTerminal.start(Command.of("cat").in(none), 80, 24))
                .withMessageContaining(none.toString());
    }

    @Test
    void native_parts_lie_in_a_private_folder_of_ours() throws Exception {
        try (TerminalReader cat = TerminalReader.start(Command.of("cat"), 80, 24)) {
            cat.type("x\n");
            cat.untilSeen("x");
        }
        Path place = Path.of(NativeFolder.place());
        assertThat(System.getProperty("pty4j.tmpdir")).isEqualTo(place.toString());
        assertThat(Files.getPosixFilePermissions(place).toString())
                .doesNotContain("OTHERS", "GROUP");
    }
}
