package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class StartScriptTest {
    private static final String SOFTWARE = "-Dprism.order=sw";
    private static final String OURS = "-Dorchestrator.own.environment=";

    @TempDir Path devices;

    @Test
    void without_a_graphics_card_nothing_loads_what_imitates_one() {
        StartScript script = StartScript.on(devices, Map.of());

        assertThat(script.windowOptions()).contains(SOFTWARE, OURS + "MALLOC_ARENA_MAX,GDK_GL");
        assertThat(script.variable("GDK_GL")).contains("disable");
        assertThat(script.variable("MALLOC_ARENA_MAX")).contains("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dri/renderD128", "dri/card0", "nvidia0", "dxg"})
    void with_one_the_window_is_drawn_by_it(String card) throws IOException {
        Path device = devices.resolve(card);
        Files.createDirectories(device.getParent());
        Files.createFile(device);
        StartScript script = StartScript.on(devices, Map.of());

        assertThat(script.windowOptions())
                .contains(OURS + "MALLOC_ARENA_MAX")
                .doesNotContain(SOFTWARE);
        assertThat(script.variable("GDK_GL")).isEmpty();
    }

    @Test
    void what_the_user_has_set_stays_and_is_inherited() {
        StartScript script =
                StartScript.on(devices, Map.of("GDK_GL", "gles", "MALLOC_ARENA_MAX", "7"));

        assertThat(script.windowOptions()).contains(SOFTWARE, OURS);
        assertThat(script.variable("GDK_GL")).contains("gles");
        assertThat(script.variable("MALLOC_ARENA_MAX")).contains("7");
    }
}
