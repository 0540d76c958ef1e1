package orchestrator.ui.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every action that is registered somewhere has its place in the menu, and no other has one. */
class GroupsTest {
    private static final Pattern ACTION = Pattern.compile("register\\(\\s*\"([a-z-]+)\"");
    private static final Path SOURCES =
            Path.of(System.getProperty("orchestrator.test.basedir", "."))
                    .resolve("src/main/java/orchestrator/ui");

    @Test
    void every_action_has_one_place() throws Exception {
        List<String> placed =
                Groups.ALL.stream().flatMap(group -> group.actions().stream()).toList();
        assertThat(placed).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(placed)).isEqualTo(registered());
    }

    private static Set<String> registered() throws IOException {
        Set<String> ids = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher actions = ACTION.matcher(Files.readString(file));
                while (actions.find()) {
                    ids.add(actions.group(1));
                }
            }
        }
        return ids;
    }
}
