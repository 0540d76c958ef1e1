package orchestrator.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Pattern KEY = Pattern.compile("\"([a-z]+\\.[a-z]+(?:-[a-z]+)*)\"");
    private static final Pattern ACTION = Pattern.compile("register\\(\\s*\"([a-z-]+)\"");
    private static final Path SOURCES =
            Path.of(System.getProperty("orchestrator.test.basedir", "."))
                    .resolve("src/main/java/orchestrator/ui");

    @Test
    void every_key_that_is_used_exists_and_every_one_that_exists_is_used() throws Exception {
        Set<String> used = new TreeSet<>();
        for (String source : sources()) {
            Matcher keys = KEY.matcher(source);
            while (keys.find()) {
                used.add(keys.group(1));
            }
            Matcher actions = ACTION.matcher(source);
            while (actions.find()) {
                used.add("action." + actions.group(1));
                used.add("action." + actions.group(1) + "-hint");
            }
        }
        Set<String> existing =
                new TreeSet<>(
                        ResourceBundle.getBundle("orchestrator.i18n.window", Locale.ENGLISH)
                                .keySet());
        assertThat(used).isEqualTo(existing).hasSizeGreaterThan(100);
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(TextsTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void arguments_are_data() {
        assertThat(new Texts().get("card.waits-for", "{0} it's {"))
                .isEqualTo("Waits for {0} it's {");
    }

    @Test
    void one_and_many_are_told_apart() {
        Texts texts = new Texts();
        assertThat(texts.get("view.summary", 1, 1, 1)).isEqualTo("1 worker, 1 busy · 1 issue");
        assertThat(texts.get("view.summary", 0, 0, 20)).isEqualTo("0 workers, 0 busy · 20 issues");
    }
}
