package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference of the configuration that people read is what the schema says. */
class ConfigReferenceTest {
    private static final String BEGIN = "<!-- begin: made of the schema -->\n";
    private static final String END = "<!-- end: made of the schema -->\n";
    private static final String RENEW =
            "mvn -o test -Dtest=ConfigReferenceTest -Dorchestrator.renew=true";
    private static final Path CONFIG =
            Path.of(System.getProperty("orchestrator.test.basedir", "."), "config");

    @Test
    void the_page_says_of_every_key_what_the_schema_says() throws IOException {
        Path page = CONFIG.resolve("README.md");
        String found = Files.readString(page);
        String wanted = renewed(found);
        if (Boolean.getBoolean("orchestrator.renew")) {
            Files.writeString(page, wanted);
            found = wanted;
        }
        assertThat(found).as("%s is out of date; renew it: %s", page, RENEW).isEqualTo(wanted);
        assertThat(found).contains(RENEW);
    }

    @Test
    void every_part_of_the_schema_that_has_keys_has_its_table() {
        List<String> parts = new ArrayList<>();
        collect(schema(), "", parts);
        assertThat(parts).containsExactlyInAnyOrderElementsOf(ConfigReference.PARTS.values());
    }

    /** Where keys are described: the condition on the kind of an issue only tests one. */
    private static void collect(JsonNode part, String pointer, List<String> parts) {
        if (part.path("properties").valueStream().anyMatch(key -> key.has("description"))) {
            parts.add(pointer);
        }
        part.propertyStream()
                .forEach(each -> collect(each.getValue(), pointer + "/" + each.getKey(), parts));
    }

    private static JsonNode schema() {
        return new JsonMapper().readTree(CONFIG.resolve("orchestrator-issues.schema.json"));
    }

    private static String renewed(String page) {
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(begin).as("the mark %s", BEGIN).isGreaterThan(BEGIN.length());
        assertThat(end).as("the mark %s", END).isGreaterThan(begin - 1);
        return page.substring(0, begin)
                + new ConfigReference(schema()).text()
                + "\n"
                + page.substring(end);
    }
}
