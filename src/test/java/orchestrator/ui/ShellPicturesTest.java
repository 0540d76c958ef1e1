package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.scene.input.KeyCode;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.monitor.LaunchChoices;
import orchestrator.monitor.LaunchChoices.OfProject;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.monitor.RunControl.DryRun;
import orchestrator.monitor.RunControl.Offer;
import orchestrator.process.ExecRunner;
import orchestrator.store.UserFolder;
import orchestrator.ui.fx.Preferences.Colours;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.welcome.WelcomeWindow;
import orchestrator.ui.workers.TerminalOpener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of what lies over the window and before it, to be looked at. */
class ShellPicturesTest {
    @TempDir Path home;

    @ParameterizedTest
    @CsvSource({"1440, 900", "2560, 1440"})
    void over_the_window(int width, int height) throws Exception {
        WindowFixture window = new WindowFixture(TerminalOpener.NONE, width, height);
        try {
            RunSnapshot run = SampleRun.rich("");
            window.control.snapshot.set(run);
            window.untilSeen("#workers-table", "run_tests_fix");
            window.robot.push(KeyCode.CONTROL, KeyCode.K);
            window.until(() -> window.find("#palette-typed:focused").isPresent());
            window.robot.write("re");
            window.untilSeen("#palette-found", "Restart");
            shoot(window, "palette");
            window.robot.push(KeyCode.ESCAPE);
            window.robot.push(KeyCode.F1);
            window.untilSeen("#keys-dialog", "Ctrl+K");
            shoot(window, "keys");
            window.click("#keys-close");
            window.robot.push(KeyCode.CONTROL, KeyCode.COMMA);
            window.untilSeen("#settings-dialog", "Colours");
            shoot(window, "settings");
            window.click("#settings-close");
            window.control.snapshot.set(
                    SampleRun.of(SampleRun.STOPPED, GateView.OPEN, List.of(), run.issues()));
            window.control.plan = new DryRun(List.of(), List.of(), SampleRun.planText());
            window.control.offer =
                    new Offer(
                            new LaunchChoices(
                                    8,
                                    OptionalDouble.of(40),
                                    Map.of(
                                            "proof", new OfProject(true, "claude"),
                                            "site", new OfProject(false, "claude"))),
                            List.of("claude", "rehearsal"));
            window.until(() -> !window.disabled("#action-launch"));
            window.click("#action-launch");
            window.untilSeen("#launch-plan", "starts now");
            shoot(window, "launch-choices");
        } finally {
            window.close();
        }
    }

    @Test
    void before_the_window() throws Exception {
        ExecRunner runner = new ExecRunner();
        try (UserData user = UserData.load(new UserFolder(home.resolve("config")), "")) {
            NewWorkspaces making = new NewWorkspaces(runner);
            for (String name : List.of("proof-workers", "shop-run", "orchestrator-rehearsal")) {
                user.opened(making.rehearsal(home.resolve(name)), Instant.now());
            }
            user.preferences().colours.set(Colours.LIGHT);
        }
        UserData again = UserData.load(new UserFolder(home.resolve("config")), "");
        WindowHands hands =
                new WindowHands(stage ->
                        new WelcomeWindow(
                                        stage,
                                        again,
                                        new WelcomeWindow.Ways<>(
                                                new NewWorkspaces(runner),
                                                home.resolve("rehearsal"),
                                                (_, _, _) -> Optional.of(home),
                                                folder -> folder,
                                                _ -> {}))
                                .show());
        try {
            hands.untilSeen("#welcome-recent", "shop-run");
            for (Colours colours : List.of(Colours.LIGHT, Colours.DARK)) {
                var _ =
                        fx(() -> {
                            again.preferences().colours.set(colours);
                            return true;
                        });
                keep(hands, "welcome-" + colours.name().toLowerCase(java.util.Locale.ROOT));
                hands.click("#welcome-new");
                hands.click("#project-name");
                hands.robot.write("shop");
                keep(hands, "new-project-" + colours.name().toLowerCase(java.util.Locale.ROOT));
                hands.robot.push(KeyCode.ESCAPE);
                hands.untilGone("#project-dialog");
            }
        } finally {
            hands.close();
            again.close();
        }
    }

    private static void keep(WindowHands hands, String name) throws Exception {
        assertThat(Files.size(hands.picture(name))).isGreaterThan(10_000);
    }

    private static void shoot(WindowFixture window, String name) throws Exception {
        for (String theme : List.of("light", "dark")) {
            String size = "-%.0fx%.0f".formatted(window.stage.getWidth(), window.stage.getHeight());
            keep(window, name + "-" + theme + size);
            window.toggleTheme();
        }
    }
}
