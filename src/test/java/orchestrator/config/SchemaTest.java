package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import orchestrator.model.IssueStatus;
import orchestrator.model.Platform;
import orchestrator.model.Stage;
import orchestrator.model.Timings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaTest {
    private static final Path CONFIG =
            Path.of(System.getProperty("orchestrator.test.basedir", "."), "config");
    private final JsonNode schema =
            new JsonMapper().readTree(CONFIG.resolve("orchestrator-issues.schema.json"));

    @Test
    void schema_and_reader_know_the_same_keys() {
        assertThat(keys("/properties")).isEqualTo(Keys.PROJECT);
        assertThat(keys("/$defs/repository/properties")).isEqualTo(Keys.REPO);
        assertThat(keys("/properties/project_context/properties")).isEqualTo(Keys.CONTEXT);
        assertThat(keys("/properties/timings/properties")).isEqualTo(Keys.TIMINGS);
        assertThat(keys("/$defs/agent/properties")).isEqualTo(Keys.AGENT);
        assertThat(keys("/$defs/stage/properties")).isEqualTo(Keys.STAGE);
        assertThat(keys("/$defs/issue/properties")).isEqualTo(Keys.ISSUE);
    }

    @Test
    void every_key_is_described() {
        List<String> silent = new ArrayList<>();
        for (String where :
                List.of(
                        "/properties",
                        "/properties/project_context/properties",
                        "/properties/timings/properties",
                        "/$defs",
                        "/$defs/repository/properties",
                        "/$defs/agent/properties",
                        "/$defs/stage/properties",
                        "/$defs/issue/properties")) {
            schema.at(where)
                    .properties()
                    .forEach(each -> {
                        if (each.getValue().path("description").asString("").length() < 10) {
                            silent.add(where + "/" + each.getKey());
                        }
                    });
        }
        assertThat(silent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "num_workers, 1, 500",
        "max_retries, 0, 1000",
        "stagger_delay, 0, 31536000",
        "cycle_interval, 0.1, 31536000",
        "stall_timeout, 0.1, 31536000",
        "wall_clock_timeout, 0.1, 31536000",
        "gate_timeout, 0.1, 31536000",
        "setup_timeout, 0.1, 31536000",
        "min_free_disk_mb, 0, 1000000000",
        "min_free_memory_mb, 0, 1000000000",
        "compress_logs_after_days, 0, 36500",
        "compress_logs_above_mb, 0, 1000000000",
        "timings/properties/linger, 0.1, 31536000",
        "timings/properties/reset_jitter, 0, 31536000",
    })
    void ranges_are_those_of_the_reader(String key, double least, double most) {
        JsonNode property = schema.at("/properties/" + key);
        assertThat(property.path("minimum").asDouble()).isEqualTo(least);
        assertThat(property.path("maximum").asDouble()).isEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({
        "gate_timeout, 1800",
        "setup_timeout, 600",
        "min_free_disk_mb, 1024",
        "min_free_memory_mb, 512",
        "compress_logs_after_days, 14",
        "compress_logs_above_mb, 2048",
        "open_pull_request, false",
        "retry_failed, true",
        "on_hold, false",
    })
    void defaults_are_those_of_the_reader(String key, String value) {
        assertThat(schema.path("properties").path(key).path("default").asString()).isEqualTo(value);
    }

    /** What editors underline while it is typed is what the reader refuses. */
    @ParameterizedTest
    @CsvSource({
        ".env, true",
        "config/*.local, true",
        "a..b/c.., true",
        "/etc/passwd, false",
        "~/x, false",
        "../x, false",
        "a/../../x, false",
        "a/.., false",
        "'  ', false",
    })
    void paths_of_a_repository_are_those_of_the_reader(String path, boolean good) {
        Pattern pattern = Pattern.compile(schema.at("/$defs/inRepository/pattern").asString());
        assertThat(pattern.matcher(path).find()).isEqualTo(good);
    }

    @Test
    void reserved_stages_stand_in_no_pipeline() {
        Pattern pattern = Pattern.compile(schema.at("/$defs/stageName/pattern").asString());
        assertThat(Stage.RESERVED)
                .hasSize(2)
                .allSatisfy(stage -> assertThat(pattern.matcher(stage.name()).find()).isFalse());
        assertThat(Stage.BUILT_IN)
                .allSatisfy(stage -> assertThat(pattern.matcher(stage.name()).find()).isTrue());
    }

    @Test
    void timings_have_the_models_defaults() {
        JsonNode timings = schema.at("/properties/timings/properties");
        Timings usual = Timings.DEFAULT;
        assertThat(timings.valueStream().map(each -> each.path("default").asLong()))
                .containsExactly(
                        usual.silentStart().toSeconds(),
                        usual.linger().toSeconds(),
                        usual.unknownReset().toSeconds(),
                        usual.resetJitter().toSeconds(),
                        usual.accountProbe().toSeconds(),
                        usual.backoff().toSeconds(),
                        usual.longestBackoff().toSeconds());
    }

    @Test
    void words_are_those_of_the_model() {
        assertThat(words("/$defs/issue/properties/status/enum"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(IssueStatus.values()).map(IssueStatus::word).toList());
        for (String platform :
                List.of(
                        "/properties/platform/enum",
                        "/$defs/repository/properties/platform/enum")) {
            assertThat(words(platform))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(Platform.values()).map(Platform::word).toList());
        }
        assertThat(schema.at("/properties/pipeline/description").asString())
                .contains(Stage.BUILT_IN.stream().map(Stage::name).toList());
    }

    @Test
    void every_reference_leads_somewhere() {
        assertThat(schema.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(ref ->
                        assertThat(schema.at(ref.substring(1)).isMissingNode()).as(ref).isFalse());
    }

    private Set<String> keys(String pointer) {
        return Set.copyOf(schema.at(pointer).propertyNames());
    }

    private List<String> words(String pointer) {
        return schema.at(pointer).valueStream().map(JsonNode::asString).toList();
    }
}
