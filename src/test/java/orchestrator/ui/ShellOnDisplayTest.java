package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.geometry.Rectangle2D;
import javafx.stage.Stage;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.store.UserFolder;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.shell.MainWindow;
import orchestrator.ui.shell.WindowSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs a window manager: who has the focus, where the window is. */
@Tag("display")
class ShellOnDisplayTest {
    @TempDir Path home;
    private WindowFixture window;

    @BeforeEach
    void open() throws Exception {
        window = new WindowFixture();
        window.control.snapshot.set(run(working(1), working(2)));
        window.untilSeen("#top-bar", "2 in progress");
    }

    @AfterEach
    void close() throws Exception {
        window.close();
    }

    private static IssueView working(int number) {
        return SampleRun.issue(number, 1, "Issue " + number).running(number, 1, 1, 0.1).view();
    }

    private static IssueView completed(int number) {
        return SampleRun.issue(number, 1, "Issue " + number).done(2, 0.5).view();
    }

    private static RunSnapshot run(IssueView... issues) {
        return SampleRun.of(SampleRun.HERE, GateView.OPEN, List.of(), List.of(issues));
    }

    @Test
    void the_desktop_is_told_only_while_the_window_is_not_looked_at() throws Exception {
        window.until(window::isFocused);
        window.control.snapshot.set(run(completed(1), working(2)));
        window.untilSeen("#news-count", "1");
        assertThat(window.told).isEmpty();
        window.lookElsewhere();
        window.control.snapshot.set(run(completed(1), completed(2)));
        window.until(() -> window.told.size() == 2);
        assertThat(window.told)
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).startsWith("proof#2 is completed"),
                        other -> assertThat(other).startsWith("The run is done"));
    }

    @Test
    void the_window_opens_where_it_was_and_not_where_no_screen_is() throws Exception {
        Rectangle2D first =
                placeOf(stage -> {
                    stage.setX(140);
                    stage.setY(90);
                    stage.setWidth(1010);
                    stage.setHeight(700);
                });
        assertThat(first).isEqualTo(new Rectangle2D(140, 90, 1010, 700));
        assertThat(placeOf(_ -> {})).isEqualTo(first);

        String name;
        try (Stream<Path> files = Files.list(home.resolve("windows"))) {
            name = files.findFirst().orElseThrow().getFileName().toString().replace(".json", "");
        }
        new UserFolder(home)
                .change(
                        "windows/" + name,
                        values -> {
                            values.put("place", "-5000 90 1010 700");
                            return values;
                        });
        assertThat(placeOf(_ -> {}).getMinX()).isGreaterThanOrEqualTo(0);
    }

    /** Opens a window, does something with it, closes it. */
    private Rectangle2D placeOf(Consumer<Stage> work) throws Exception {
        try (UserData user = UserData.load(new UserFolder(home), "/work/proof")) {
            Stage stage =
                    fx(() -> {
                        Stage made = new Stage();
                        new MainWindow(
                                        made,
                                        window.control,
                                        WindowSettings.defaults().withUser(user))
                                .show();
                        work.accept(made);
                        return made;
                    });
            window.until(() -> stage.isShowing() && !Double.isNaN(stage.getX()));
            Rectangle2D[] place = new Rectangle2D[1];
            // A window manager may take a moment to put it where it was asked to.
            window.until(() -> {
                Rectangle2D before = place[0];
                place[0] =
                        new Rectangle2D(
                                stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
                return place[0].equals(before);
            });
            var _ =
                    fx(() -> {
                        stage.hide();
                        return true;
                    });
            return place[0];
        }
    }
}
