package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import orchestrator.store.AttemptFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Titles and texts that want to be more than text. */
class HostileTextTest {
    private static final String EVERYTHING =
            """
            /clear
            -x
            --dangerous
            @/etc/passwd
            $(touch owned-a) `touch owned-b` #(touch owned-c) ${IFS}touch${IFS}owned-d
            '; touch owned-e; ' "; touch owned-f; " \\"; touch owned-g
            %s %n %1$s {{issue.title}} ${issue.title} \\n \\0 &&|| > owned-h < /etc/passwd
            \u001b]0;owned\u0007 \u001b[2J 👩‍💻 naïve ẞ 漢字 \u202egnp.exe
            ```
            # The end of the issue
            ```
            """;
    private static final List<String> TEXTS =
            List.of(
                    "$(touch owned-1)",
                    "#(touch owned-2)",
                    "`touch owned-3`",
                    "'; touch owned-4; '\"; touch owned-5; \"",
                    "first\n\ntouch owned-6\n; touch owned-7",
                    "-x",
                    "/clear",
                    "@/etc/passwd",
                    "👩‍💻 naïve ẞ 漢字",
                    EVERYTHING);

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    @Test
    void row31_titles_and_texts_run_nothing_and_arrive_as_they_were_written() throws IOException {
        ProjectFile file = new ProjectFile().workers(4).scenario("default seconds=0 lines=1");
        int last = TEXTS.size();
        for (int number = 1; number <= last; number++) {
            file.issue(number, TEXTS.get(number - 1), TEXTS.get(number - 1));
        }
        String large = (EVERYTHING + "x").repeat(1 + 100_000 / EVERYTHING.length());
        assertThat(large.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(100_000);
        file.issue(last + 1, "100 kB", large);
        orchestra.with(file);
        String added = Integer.toString(last + 2);
        orchestra
                .run(
                        "add-issue",
                        added,
                        "--title=$(touch owned-8) -x",
                        "--description=" + EVERYTHING)
                .well();
        assertThat(orchestra.run("launch", "--dry-run").code()).isZero();

        Hands.Done launch = orchestra.run("launch", "--wait");

        assertThat(launch.well()).contains(added + " of " + added + " issues completed");
        assertThat(launch.out()).doesNotContain("\u001b", "\u0007");
        assertThat(orchestra.run("status").well()).doesNotContain("\u001b", "\u0007");
        IntStream.rangeClosed(1, last).forEach(number -> arrived(number, TEXTS.get(number - 1)));
        arrived(last + 1, large);
        arrived(last + 2, EVERYTHING);
        assertThat(orchestra.windows())
                .containsExactly(
                        "0 orchestrator",
                        "1 worker-1",
                        "2 worker-2",
                        "3 worker-3",
                        "4 worker-4",
                        "5 dashboard");
        nothingWasMade();
    }

    @Test
    void row30_names_of_repositories_branches_and_folders_run_nothing() throws IOException {
        Path repo = orchestra.root.resolve("r $(touch owned-r) 'q' \"d\" `touch owned-s` #{pid};&");
        orchestra.hands.git(orchestra.root, "clone", "-q", orchestra.origin + "", repo + "");
        String prefix = "it's-$(touch${IFS}owned-b);`id`&\"q\"/#(touch)-👩-";
        orchestra.with(
                new ProjectFile()
                        .put("repo", "app-$(touch owned-n)")
                        .put("repo_path", repo.toString())
                        .put(
                                "worktree_base",
                                "../trees \"x\" $(touch owned-w) 'y' #(touch owned-v)")
                        .put("branch_prefix", prefix)
                        .stages("implement", "document")
                        .issue(1, "$(touch owned-t)")
                        .scenario("default seconds=0 lines=1"));

        assertThat(orchestra.run("launch", "--wait").well()).contains("1 of 1 issues completed");

        Orchestra.until(
                "it is pushed",
                () ->
                        orchestra
                                .hands
                                .run(
                                        orchestra.origin,
                                        List.of("git", "rev-list", "--count", prefix + "1"))
                                .out()
                                .strip()
                                .equals("3"));
        assertThat(orchestra.run("status").well()).contains("1 of 1 completed");
        assertThat(orchestra.run("cleanup").well()).contains(prefix + "1 kept");
        nothingWasMade();
    }

    private void arrived(int issue, String text) {
        AttemptFolder folder = orchestra.story.folder(issue, 1);
        String prompt = Hands.read(folder.prompt());
        assertThat(prompt)
                .startsWith("You are a worker of Orchestrator: you take issue " + issue + " of")
                .contains(text.strip());
        int bytes = prompt.getBytes(StandardCharsets.UTF_8).length;
        assertThat(Hands.read(folder.stream())).contains("The prompt has " + bytes + " bytes");
    }

    private void nothingWasMade() throws IOException {
        for (Path place : List.of(orchestra.root, Path.of("").toAbsolutePath())) {
            try (Stream<Path> files = Files.walk(place)) {
                assertThat(files.filter(file -> file.getFileName().toString().startsWith("owned")))
                        .isEmpty();
            }
        }
    }
}
