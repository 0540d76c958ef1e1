package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import orchestrator.model.Event;
import orchestrator.model.RunState;
import org.junit.jupiter.api.Test;

/**
 * A snapshot is the fold of a program that may be older than the one that reads it. So whoever
 * changes what events come to says so.
 */
class FoldVersionTest {
    /** The sources that make a fold, as they were when {@link RunState#FOLD} was last set. */
    private static final String SOURCES = "1: a5f6dc8f";

    private static final List<String> CODE = List.of("Fold", "IssueFold", "IssueEdit");

    @Test
    void the_fold_has_not_changed_without_its_number() throws IOException {
        Set<String> names = new TreeSet<>(CODE);
        collect(RunState.class, names);
        Shapes.leaves(Event.class).forEach(type -> collect(type, names));
        CRC32 crc = new CRC32();
        for (String name : names) {
            String source =
                    Files.readString(Path.of("src/main/java/orchestrator/model", name + ".java"));
            String code =
                    source.replaceAll("(?s)/\\*.*?\\*/", "")
                            .replaceAll("(?m)//.*$", "")
                            .replaceAll("(?m)^import .*$", "")
                            .replaceAll("\\s+", "");
            crc.update(code.getBytes(StandardCharsets.UTF_8));
        }
        assertThat("%d: %08x".formatted(RunState.FOLD, crc.getValue()))
                .as(
                        "one of %s has changed. If the same events may now come to another state, or a"
                                + " state has other parts, add one to RunState.FOLD; then write down"
                                + " here what this test found",
                        names)
                .isEqualTo(SOURCES);
    }

    /** The files of the model that a value of that type is made of. */
    private static void collect(Type type, Set<String> names) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, names);
            }
        } else if (type instanceof Class<?> plain
                && plain.getPackageName().equals(RunState.class.getPackageName())) {
            Class<?> top = plain;
            while (top.getEnclosingClass() != null) {
                top = top.getEnclosingClass();
            }
            boolean fresh = names.add(top.getSimpleName());
            if (plain.isSealed()) {
                Shapes.leaves(plain).forEach(leaf -> components(leaf, names));
            } else if (fresh || plain != top) {
                components(plain, names);
            }
        }
    }

    private static void components(Class<?> type, Set<String> names) {
        RecordComponent[] components = type.getRecordComponents();
        if (components != null) {
            for (RecordComponent component : components) {
                collect(component.getGenericType(), names);
            }
        }
    }
}
