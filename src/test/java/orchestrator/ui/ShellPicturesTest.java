package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.process.ExecRunner;
import orchestrator.store.UserFolder;
import orchestrator.ui.fx.Preferences.Colours;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.welcome.WelcomeWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of what comes before the window, to be looked at. */
class ShellPicturesTest {
    @TempDir Path home;

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
}
