package orchestrator.ui.welcome;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.ChoiceBox;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.process.Command;
import orchestrator.process.ExecRunner;
import orchestrator.process.Outcome;
import orchestrator.store.UserFolder;
import orchestrator.ui.WindowHands;
import orchestrator.ui.settings.UserData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WelcomeTest {
    @TempDir Path home;
    private final List<Path> opened = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<Path>> chosen = new AtomicReference<>(Optional.empty());
    private final ExecRunner runner = new ExecRunner();
    private UserData user;
    private WindowHands hands;

    @BeforeEach
    void open() throws Exception {
        user = UserData.load(new UserFolder(home.resolve("config")), "");
        hands = new WindowHands(this::show);
    }

    private void show(Stage stage) {
        new WelcomeWindow(
                        stage,
                        user,
                        new WelcomeWindow.Ways<>(
                                new NewWorkspaces(runner),
                                home.resolve("rehearsal"),
                                (_, _, _) -> Objects.requireNonNull(chosen.get()),
                                WelcomeTest::read,
                                opened::add))
                .show();
    }

    /** As the program opens one: what is there is read and must be valid. */
    private static Path read(Path folder) {
        assertThat(javafx.application.Platform.isFxApplicationThread()).isFalse();
        Workspace place =
                Workspace.locate(Optional.of(folder), Optional.empty(), Optional.empty(), folder);
        return switch (ConfigReader.read(place)) {
            case ConfigResult.Valid _ -> folder;
            case ConfigResult.Invalid invalid ->
                    throw new Fault("config-invalid", String.join("\n", invalid.problems()));
        };
    }

    @AfterEach
    void close() throws Exception {
        hands.close();
        user.close();
    }

    private void git(Path in, String... words) {
        Command command = Command.of("git").in(in);
        for (String word : words) {
            command = command.and(word);
        }
        assertThat(runner.run(command)).isInstanceOf(Outcome.Exited.class);
    }

    private Path repository() throws Exception {
        Path made = Files.createDirectories(home.resolve("My Shop"));
        git(made, "init", "-q", "-b", "trunk");
        Files.writeString(made.resolve("go.mod"), "module shop\n");
        return made.toRealPath();
    }

    @Test
    void the_rehearsal_is_laid_out_and_opened() throws Exception {
        hands.untilSeen("#welcome-recent", "None yet");
        hands.click("#welcome-rehearse");
        hands.until(() -> opened.contains(home.resolve("rehearsal")));
        hands.until(() -> !isShowing());
        assertThat(home.resolve("rehearsal/config/rehearsal-issues.json")).isRegularFile();
    }

    private boolean isShowing() {
        try {
            return hands.showing();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void a_folder_that_holds_no_workspace_says_what_is_missing() throws Exception {
        chosen.set(Optional.of(home));
        hands.click("#welcome-open");
        hands.untilSeen("#welcome-trouble", "no folder " + home + "/config");
        assertThat(opened).isEmpty();
        assertThat(hands.showing()).isTrue();
    }

    @Test
    void what_was_opened_before_is_opened_by_a_click_and_what_is_gone_left_out() throws Exception {
        hands.close();
        Path kept = new NewWorkspaces(runner).rehearsal(home.resolve("kept"));
        user.opened(home.resolve("gone"), Instant.EPOCH);
        user.opened(kept, Instant.EPOCH.plusSeconds(5));
        user.close();
        user = UserData.load(new UserFolder(home.resolve("config")), "");
        hands = new WindowHands(this::show);
        hands.untilSeen("#welcome-recent", "kept");
        assertThat(hands.seen("#welcome-recent")).doesNotContain("gone");
        hands.robot.clickOn("kept");
        hands.until(() -> opened.contains(kept));
    }

    @Test
    void a_new_project_is_filled_in_from_its_repository_written_and_opened() throws Exception {
        Path repository = repository();
        chosen.set(Optional.of(repository));
        hands.click("#welcome-new");
        hands.click("#project-choose");
        hands.untilSeen("#project-branch", "trunk");
        assertThat(hands.seen("#project-name")).contains("my-shop");
        assertThat(hands.seen("#project-test")).contains("go test ./...");
        hands.click("#project-issues");
        hands.robot.write("12 Prices in two currencies\n#13: Carts");
        hands.click("#project-create");
        Path workspace = home.toRealPath().resolve("My Shop-orchestrator");
        hands.until(() -> opened.contains(workspace));
        Project project = config(workspace);
        assertThat(project.name()).isEqualTo("my-shop");
        assertThat(project.issues())
                .extracting(issue -> issue.id().number() + " " + issue.title())
                .containsExactly("12 Prices in two currencies", "13 Carts");
    }

    private static Project config(Path workspace) {
        Workspace place =
                Workspace.locate(
                        Optional.of(workspace), Optional.empty(), Optional.empty(), workspace);
        return ((ConfigResult.Valid) ConfigReader.read(place)).config().projects().getFirst();
    }

    @Test
    void what_is_wrong_is_told_at_once_and_what_was_written_stays() throws Exception {
        hands.click("#welcome-new");
        hands.until(() -> hands.find("#project-repository:focused").isPresent());
        hands.click("#project-issues");
        hands.robot.write("no number");
        hands.click("#project-create");
        hands.untilSeen("#project-trouble", "no number");
        assertThat(hands.seen("#project-trouble")).contains("Repository", "Workspace folder");
        hands.click("#project-import");
        hands.untilSeen("#project-trouble", "Choose the repository first");
        ChoiceBox<?> platform = (ChoiceBox<?>) hands.node("#project-platform");
        assertThat(fx(platform::getValue)).isEqualTo(Platform.NONE);
        hands.robot.push(KeyCode.ESCAPE);
        hands.untilGone("#project-dialog");
    }
}
