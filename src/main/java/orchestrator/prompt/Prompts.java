package orchestrator.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orchestrator.log.PlainText;
import orchestrator.log.Secrets;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.ProjectContext;
import orchestrator.model.Stage;

/**
 * Makes prompts. Templates are read at each call, so an edited one counts from the next attempt on.
 * Safe on any thread; blocks for the disk.
 */
public final class Prompts {
    /** An agent takes no more on its standard input. */
    public static final int LARGEST = 10_000_000;

    private static final String RESOURCES = "/orchestrator/prompts/";
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,100}");

    private final Path folder;

    /**
     * Prompts of one workspace.
     *
     * @param configDir the folder whose {@code prompts/<stage>.md} override or add templates
     */
    public Prompts(Path configDir) {
        this.folder = configDir.resolve("prompts");
    }

    /** Whether there is a template for that stage, ours or the user's. */
    public boolean knows(String stage) {
        return template(stage).isPresent();
    }

    /**
     * What the front matter of a stage's template says of {@code must_commit}; empty: nothing, or
     * no such template.
     *
     * @throws Fault when the template cannot be read
     */
    public Optional<Boolean> mustCommit(String stage) {
        return template(stage).flatMap(Template::mustCommit);
    }

    /**
     * The prompt of an attempt, what looks like a secret in it masked. Its first line is always
     * ours.
     *
     * @throws Fault when there is no template, it cannot be read, it names an unknown placeholder
     *     (with file and line), or the prompt would be larger than {@link #LARGEST} bytes
     */
    public String render(PromptRequest request) {
        String stage = request.stage().name();
        Template template =
                template(stage)
                        .orElseThrow(() ->
                                new Fault(
                                        "template-missing",
                                        "The stage %s has no template; write %s, or correct the pipeline."
                                                .formatted(stage, folder.resolve(stage + ".md"))));
        String prompt = Secrets.mask(Frame.around(request, template.fill(values(request))));
        int size = prompt.getBytes(StandardCharsets.UTF_8).length;
        if (size > LARGEST) {
            throw new Fault(
                    "prompt-too-large",
                    "The prompt of %s would have %,d bytes, and an agent takes %,d; shorten the issue's text."
                            .formatted(request.issue().id(), size, LARGEST));
        }
        return prompt;
    }

    /**
     * What a session that was cut off is told when it goes on: it knows the rest. Its first line is
     * always ours.
     */
    public String resume(PromptRequest request) {
        return Secrets.mask(Frame.resumed(request));
    }

    private Optional<Template> template(String stage) {
        if (!NAME.matcher(stage).matches()) {
            return Optional.empty();
        }
        Path file = folder.resolve(stage + ".md");
        if (Files.exists(file)) {
            return Optional.of(Template.parse(file.toString(), text(file)));
        }
        return Stream.concat(Stage.BUILT_IN.stream(), Stage.RESERVED.stream())
                .filter(known -> known.name().equals(stage))
                .findFirst()
                .map(known -> Template.parse(known.name() + ".md", ours(stage)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException notText) {
            throw new Fault(
                    "template-invalid",
                    "The template %s is not UTF-8 text; save it as UTF-8.".formatted(file),
                    notText);
        } catch (IOException failure) {
            throw new Fault(
                    "template-invalid",
                    "The template %s cannot be read (%s); see that it is a file and ours to read."
                            .formatted(file, failure),
                    failure);
        }
    }

    private static String ours(String stage) {
        try (InputStream in = Prompts.class.getResourceAsStream(RESOURCES + stage + ".md")) {
            if (in == null) {
                throw new IOException("no such resource");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new Fault(
                    "template-missing",
                    "The program lacks its own template for %s (%s); build it anew."
                            .formatted(stage, failure),
                    failure);
        }
    }

    /** What a template may name. Values from issues are put on one line. */
    private static Map<String, String> values(PromptRequest request) {
        Issue issue = request.issue();
        ProjectContext context = request.project().context();
        Map<String, String> values = new HashMap<>();
        values.put("project", request.project().name());
        values.put("issue.number", Integer.toString(issue.id().number()));
        values.put("issue.title", PlainText.oneLine(issue.title()));
        values.put("issue.wave", Integer.toString(issue.wave()));
        values.put("issue.priority", Integer.toString(issue.priority()));
        values.put("issue.task_type", PlainText.oneLine(issue.taskType()));
        values.put("repo", request.repo().name());
        values.put("worktree", request.worktree().toString());
        values.put("branch", request.branch());
        // A review of a branch looks at all that is on it, not at what was added since.
        values.put(
                "base",
                issue.branch().isPresent() ? request.repo().defaultBranch() : request.base());
        values.put("stage", request.stage().name());
        values.put("context.language", context.language());
        values.put("context.build_command", context.buildCommand());
        values.put("context.test_command", context.testCommand());
        values.put("context.commit_prefix", context.commitPrefix());
        values.put("context.safety_rules", String.join("\n", context.safetyRules()));
        values.put("context.key_files", String.join("\n", context.keyFiles()));
        values.put("context.how_to_build", aside("build with", context.buildCommand()));
        values.put("context.how_to_test", aside("test with", context.testCommand()));
        return values;
    }

    private static String aside(String label, String command) {
        return command.isBlank() ? "" : " (" + label + ": `" + command + "`)";
    }
}
