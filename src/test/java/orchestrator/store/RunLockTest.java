package orchestrator.store;

import static orchestrator.store.StateFolderTest.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import orchestrator.model.ProcessIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    private static final ProcessIdentity SELF = new ProcessIdentity(4711, 99, "boot");
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void make() {
        file = StateFolder.create(folder.resolve("state")).monitorLock();
    }

    private static Optional<String> child(String what, Path file) throws IOException {
        Process child = Child.start(List.of(), what, file);
        child.getOutputStream().close();
        return Child.output(child).lines().findFirst();
    }

    @Test
    void one_holds_it_and_the_others_learn_who() throws IOException {
        assertThat(RunLock.holder(file)).isEmpty();
        try (RunLock lock = RunLock.tryAcquire(file, "window", SELF).orElseThrow()) {
            assertThat(lock.stands()).isTrue();
            RunLock.Holder holder = RunLock.holder(file).orElseThrow();
            assertThat(holder.process()).isEqualTo(SELF);
            assertThat(holder.host()).isEqualTo("window");
            assertThat(file.resolveSibling("monitor.json")).content().contains("\"pid\":4711");
            assertThat(RunLock.tryAcquire(file, "terminal", SELF)).isEmpty();
            assertThat(child("look", file)).get().asString().contains("4711").contains("window");
            assertThat(child("hold", file))
                    .as("our own looks released nothing")
                    .contains("refused");
            assertThat(child("hold", file)).contains("refused");
        }
        assertThat(RunLock.holder(file)).isEmpty();
        assertThat(file.resolveSibling("monitor.json")).doesNotExist();
        assertThat(child("hold", file)).contains("held");
    }

    @Test
    void who_only_looks_is_nobodys_holder() throws Exception {
        RunLock.tryAcquire(file, "window", SELF).orElseThrow().close();
        Process other = Child.start(List.of(), "look-on", file);
        BufferedReader out = other.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("Optional.empty");
        for (int look = 0; look < 5_000; look++) {
            assertThat(RunLock.holder(file)).isEmpty();
        }
        other.getOutputStream().write('\n');
        other.getOutputStream().close();
        assertThat(out.lines()).isEmpty();
        assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_killed_holder_holds_nothing_whatever_it_left_behind() throws Exception {
        Process child = Child.start(List.of(), "hold", file);
        BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("held");

        RunLock.Holder holder = RunLock.holder(file).orElseThrow();
        assertThat(holder.process().pid()).isEqualTo(child.pid());
        assertThat(holder.host()).isEqualTo("terminal");
        assertThat(RunLock.tryAcquire(file, "window", SELF)).isEmpty();
        assertThat(RunLock.holder(file)).isPresent();

        child.destroyForcibly();
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(file.resolveSibling("monitor.json")).exists();
        assertThat(RunLock.holder(file)).isEmpty();
        try (RunLock lock = RunLock.tryAcquire(file, "window", SELF).orElseThrow()) {
            assertThat(lock.stands()).isTrue();
            assertThat(RunLock.holder(file)).map(RunLock.Holder::process).contains(SELF);
        }
    }

    @Test
    void a_holder_without_details_is_unknown_but_holds() throws Exception {
        Process child = Child.start(List.of(), "hold", file);
        assertThat(child.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("held");
        Files.delete(file.resolveSibling("monitor.json"));
        assertThat(RunLock.holder(file)).map(RunLock.Holder::host).contains("unknown");
        Files.writeString(file.resolveSibling("monitor.json"), "{\"pid\":");
        assertThat(RunLock.holder(file)).map(RunLock.Holder::host).contains("unknown");
        child.destroyForcibly();
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_same_lock_under_another_name_of_its_folder_is_the_same() throws IOException {
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), file.getParent());
        try (RunLock lock = RunLock.tryAcquire(file, "window", SELF).orElseThrow()) {
            assertThat(lock.stands()).isTrue();
            assertThat(RunLock.tryAcquire(alias.resolve("monitor.lock"), "window", SELF)).isEmpty();
            assertThat(RunLock.holder(alias.resolve("monitor.lock"))).isPresent();
        }
    }

    @Test
    void a_removed_lock_file_is_noticed() throws IOException {
        RunLock lock = RunLock.tryAcquire(file, "window", SELF).orElseThrow();
        Files.delete(file);
        assertThat(lock.stands()).isFalse();
        lock.close();
        lock.close();
        RunLock again = RunLock.tryAcquire(file, "window", SELF).orElseThrow();
        assertThat(again.stands()).isTrue();
        again.close();
        assertThat(again.stands()).isFalse();
    }

    @Test
    void an_interrupt_neither_prevents_nor_releases_it() throws IOException {
        Thread.currentThread().interrupt();
        try (RunLock lock = RunLock.tryAcquire(file, "window", SELF).orElseThrow()) {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(lock.stands()).isTrue();
            assertThat(child("hold", file)).contains("refused");
        }
    }

    @Test
    void two_locks_do_not_touch_each_other() {
        Path launch = file.resolveSibling("launch.lock");
        try (RunLock one = RunLock.tryAcquire(file, "window", SELF).orElseThrow();
                RunLock two = RunLock.tryAcquire(launch, "terminal", SELF).orElseThrow()) {
            assertThat(one.stands() && two.stands()).isTrue();
            assertThat(RunLock.holder(launch)).map(RunLock.Holder::host).contains("terminal");
            assertThat(RunLock.holder(file)).map(RunLock.Holder::host).contains("window");
        }
    }

    @Test
    void a_folder_that_is_not_there_is_said() {
        assertFault("lock", () -> RunLock.tryAcquire(folder.resolve("no/x.lock"), "window", SELF));
    }
}
