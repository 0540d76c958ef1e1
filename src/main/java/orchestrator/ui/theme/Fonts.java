package orchestrator.ui.theme;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Optional;
import javafx.scene.text.Font;

/**
 * The fonts: the first of each list that the machine has. JavaFX's style sheets know no lists of
 * families, so a small sheet is made with the ones found.
 */
public final class Fonts {
    private static final List<String> TEXT =
            List.of(
                    "Inter",
                    "Segoe UI",
                    "SF Pro Text",
                    "Cantarell",
                    "Noto Sans",
                    "Ubuntu",
                    "DejaVu Sans");
    private static final List<String> CODE =
            List.of(
                    "JetBrains Mono",
                    "Cascadia Mono",
                    "SF Mono",
                    "Menlo",
                    "Noto Sans Mono",
                    "DejaVu Sans Mono",
                    "Consolas");

    private Fonts() {}

    /** A style sheet, as a data address, that sets the families. */
    static String sheet() {
        String text = first(TEXT).map(f -> ".root{" + family(f) + "}").orElse("");
        String code = family(code());
        return Styles.toDataURI(
                text + ".code,.code .text,.code .list-cell,.code .content{" + code + "}");
    }

    /** The family of what is written in columns: logs, terminals, code. */
    public static String code() {
        return first(CODE).orElse("monospace");
    }

    private static String family(String name) {
        return "-fx-font-family:\"" + name + "\";";
    }

    private static Optional<String> first(List<String> families) {
        return families.stream()
                .filter(family -> Font.font(family).getFamily().equals(family))
                .findFirst();
    }
}
