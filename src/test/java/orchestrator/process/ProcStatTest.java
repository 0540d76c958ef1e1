package orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import orchestrator.model.Fault;
import orchestrator.model.Liveness;
import orchestrator.model.ProcessIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcStatTest {
    private static final String REST =
            " S 41 7 7 0 -1 4194560 1 2 3 4 50 25 10 5 20 0 1 0 98765 1 2 3 4 5 6 7 8 9 0 0";

    @TempDir Path proc;

    @Test
    void a_name_may_hold_brackets_spaces_and_newlines() {
        ProcStat expected = new ProcStat('S', 41, 90, 98765, false);

        assertThat(ProcStat.parse("42 (sh)" + REST)).contains(expected);
        assertThat(ProcStat.parse("42 (a) Z 1 (b\n) c)" + REST)).contains(expected);
        assertThat(ProcStat.parse("42 ())" + REST)).contains(expected);
    }

    @Test
    void a_thread_of_the_kernel_is_told_by_its_flags() {
        String kernel = REST.replace("4194560", Integer.toString(0x0020_8040));

        assertThat(ProcStat.parse("2 (kthreadd)" + kernel).orElseThrow().kernel()).isTrue();
    }

    @Test
    void what_is_not_a_stat_line_is_not_understood() {
        assertThat(ProcStat.parse("")).isEmpty();
        assertThat(ProcStat.parse("42 (sh) S 1 2")).isEmpty();
        assertThat(ProcStat.parse("42 (sh)" + REST.replace("98765", "x"))).isEmpty();
    }

    @Test
    void a_proc_that_cannot_be_read_makes_it_unknown_not_gone() throws IOException {
        LinuxProcesses processes = fake();
        ProcessIdentity known = processes.identify(42).orElseThrow();
        assertThat(processes.check(known)).isEqualTo(Liveness.ALIVE);

        Files.writeString(proc.resolve("42/stat"), "garbage");
        assertThat(processes.check(known)).isEqualTo(Liveness.UNKNOWN);
        assertThatExceptionOfType(Fault.class).isThrownBy(processes::rows);

        Files.delete(proc.resolve("42/stat"));
        assertThat(processes.check(known)).isEqualTo(Liveness.GONE);
        Files.delete(proc.resolve("self/stat"));
        assertThat(processes.check(known)).isEqualTo(Liveness.UNKNOWN);
    }

    @Test
    void an_empty_proc_is_a_failed_look_not_an_empty_system() throws IOException {
        LinuxProcesses processes = fake();
        Files.delete(proc.resolve("42/stat"));
        Files.delete(proc.resolve("42/environ"));
        Files.delete(proc.resolve("42"));

        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> processes.carrying("A", "b"))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("process-look-failed"));
    }

    @Test
    void ticks_become_time() throws IOException {
        LinuxProcesses processes = fake();

        assertThat(processes.treeCpu(processes.identify(42).orElseThrow()))
                .contains(Duration.ofMillis(900));
    }

    @Test
    void an_entry_of_the_environment_is_matched_whole() {
        assertThat(matches("X=1\0M=v\0Y=2\0", "M=v")).isTrue();
        assertThat(matches("X=1\0M=v", "M=v")).isTrue();
        assertThat(matches("M=v\0", "M=v")).isTrue();
        assertThat(matches("X=1\0M=vv\0", "M=v")).isFalse();
        assertThat(matches("XM=v\0", "M=v")).isFalse();
        assertThat(matches("X=M=v\0", "M=v")).isFalse();
        assertThat(matches("", "M=v")).isFalse();
    }

    @Test
    void times_of_ps_are_read_in_each_form() {
        assertThat(PortableProcesses.time("00:01:02")).isEqualTo(Duration.ofSeconds(62));
        assertThat(PortableProcesses.time("2-03:04:05"))
                .isEqualTo(Duration.ofDays(2).plusHours(3).plusMinutes(4).plusSeconds(5));
        assertThat(PortableProcesses.time("12:34.56"))
                .isEqualTo(Duration.ofMinutes(12).plusMillis(34_560));
    }

    private LinuxProcesses fake() throws IOException {
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "boot\n");
        Files.createDirectories(proc.resolve("42"));
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/stat"), "1 (me)" + REST);
        Files.writeString(proc.resolve("42/stat"), "42 (sh)" + REST);
        Files.writeString(proc.resolve("42/environ"), "A=c\0");
        return new LinuxProcesses(proc, () -> 100);
    }

    private static boolean matches(String environment, String entry) {
        return LinuxProcesses.contains(
                environment.getBytes(StandardCharsets.UTF_8),
                entry.getBytes(StandardCharsets.UTF_8));
    }
}
