package orchestrator.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import orchestrator.model.AgentSettings;
import orchestrator.model.Gate;
import orchestrator.model.Stage;

/** Knows the stages: the built-in ones and those with a template in {@code prompts/}. */
final class StageReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,60}");

    private final Path prompts;
    private final Problems problems;

    /** Each template is read, and complained about, once. */
    private final Map<String, Optional<StageTemplate>> templates = new HashMap<>();

    StageReader(Path configDir, Problems problems) {
        this.prompts = configDir.resolve("prompts");
        this.problems = problems;
    }

    /** Looks at the templates of the stages that stand in no pipeline. */
    void checkReserved() {
        Stage.RESERVED.forEach(stage -> template(stage.name()));
    }

    /** A project's pipeline; the default when the key is not given. */
    List<Stage> pipeline(Section project) {
        Optional<Node.Arr> list = project.list("pipeline");
        Duration timeout =
                project.seconds(
                                "gate_timeout",
                                ProjectReader.SHORTEST_SECONDS,
                                ProjectReader.LONGEST_SECONDS)
                        .map(At::value)
                        .orElse(Gate.DEFAULT_TIMEOUT);
        Optional<Gate> gate = project.command("gate").map(command -> new Gate(command, timeout));
        if (list.isEmpty()) {
            At<String> name = new At<>("implement", project.span());
            return List.of(stage(name, Optional.empty(), gate, project.source()));
        }
        if (list.get().items().isEmpty()) {
            project.source()
                    .problem(
                            list.get().span(),
                            "\"pipeline\" is empty; name at least one stage, such as"
                                    + " \"implement\"");
        }
        List<Stage> stages = new ArrayList<>();
        for (Node item : list.get().items()) {
            switch (item) {
                case Node.Str name ->
                        stages.add(
                                stage(
                                        new At<>(name.value(), name.span()),
                                        Optional.empty(),
                                        gate,
                                        project.source()));
                case Node.Obj object ->
                        described(new Section(project.source(), object, Keys.STAGE), gate, timeout)
                                .ifPresent(stages::add);
                case Node.Arr _, Node.Num _, Node.Bool _, Node.Null _ ->
                        Section.wrongType(
                                project.source(),
                                "an entry of \"pipeline\"",
                                item,
                                "a stage's name in quotes or an object { … }");
            }
        }
        return stages;
    }

    /** A stage written as an object; what it says goes before what its template says. */
    private Optional<Stage> described(Section section, Optional<Gate> common, Duration timeout) {
        Optional<Boolean> mustCommit = section.flag("must_commit").map(At::value);
        Optional<Gate> gate =
                section.value("gate").isPresent()
                        ? section.command("gate").map(command -> new Gate(command, timeout))
                        : common;
        if (section.value("name").isEmpty()) {
            section.missing("name", "name the stage, such as \"name\": \"implement\"");
        }
        Optional<AgentSettings> agent =
                section.value("agent").isPresent()
                        ? Optional.of(new AgentReader(section).read())
                        : Optional.empty();
        return section.text("name")
                .map(name -> stage(name, mustCommit, gate, section.source()))
                .map(stage -> new Stage(stage.name(), stage.mustCommit(), stage.gate(), agent));
    }

    private Stage stage(
            At<String> name, Optional<Boolean> said, Optional<Gate> gate, Source source) {
        Optional<Stage> builtIn = Stage.builtIn(name.value());
        boolean goodName = NAME.matcher(name.value()).matches();
        Optional<StageTemplate> template = goodName ? template(name.value()) : Optional.empty();
        if (!goodName) {
            source.problem(
                    name.span(),
                    "the stage %s has an unusable name; use small letters, digits, _ and -, at most 60"
                            .formatted(Quoted.of(name.value())));
        } else if (Stage.isReserved(name.value())) {
            source.problem(
                    name.span(),
                    "the stage %s is run by itself when an issue has failed; take it out of the pipeline"
                            .formatted(Quoted.of(name.value())));
        } else if (builtIn.isEmpty() && template.isEmpty()) {
            source.problem(
                    name.span(),
                    "the stage %s is not known%s; use one of %s, or write its prompt into %s"
                            .formatted(
                                    Quoted.of(name.value()),
                                    Nearest.hint(name.value(), builtInNames()),
                                    String.join(", ", builtInNames()),
                                    Problems.printable(file(name.value()))));
        }
        boolean mustCommit =
                said.or(() -> template.flatMap(StageTemplate::mustCommit))
                        .or(() -> builtIn.map(Stage::mustCommit))
                        .orElse(false);
        return new Stage(name.value(), mustCommit, gate);
    }

    private static Set<String> builtInNames() {
        return Stage.BUILT_IN.stream()
                .map(Stage::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Path file(String stage) {
        return prompts.resolve(stage + ".md");
    }

    private Optional<StageTemplate> template(String stage) {
        return templates.computeIfAbsent(stage, name -> read(file(name)));
    }

    private Optional<StageTemplate> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            StageTemplate template = StageTemplate.parse(Files.readString(file));
            template.faults().forEach((line, fault) -> problems.problem(file, line, 1, fault));
            return Optional.of(template);
        } catch (CharacterCodingException e) {
            problems.problem(file, 1, 1, "the template is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            problems.problem(file, 1, 1, "the template cannot be read (" + e + "); check the file");
        }
        return Optional.of(new StageTemplate(Optional.empty(), "", Map.of()));
    }
}
