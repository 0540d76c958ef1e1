package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"work/issue-1", "1", "a.b/c1", "$(id)1", "ü/1", "a@b1", "@/1", "a{1"})
    void good_branches_are_taken(String branch) {
        assertThat(RefNames.fault(branch)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1", "a b1", "a..1", ".1", "a/.1", "a.lock/1", "a~1", "a^1", "a:1", "a?1", "a*1",
                "a[1", "a\\1", "a@{1", "/1", "a//1", "a\u00071", "a\u007f1", "a.", "a/", "@",
                        "HEAD",
                "", "a\ud8001"
            })
    void bad_branches_are_refused(String branch) {
        assertThat(RefNames.fault(branch)).isPresent();
    }

    @Test
    void git_judges_the_same() throws IOException, InterruptedException {
        String[] parts = {
            "a", "1", "/", ".", "..", "@", "{", "@{", ".lock", "-", "~", " ", "*", "HEAD", "é", "$"
        };
        Random random = new Random(11);
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            StringBuilder name = new StringBuilder();
            for (int n = random.nextInt(5) + 1; n > 0; n--) {
                name.append(parts[random.nextInt(parts.length)]);
            }
            String branch = name.toString();
            // To git, @ means HEAD, and @{…} a branch of the past: neither is a name for us.
            boolean shorthand = branch.equals("@") || branch.startsWith("@{");
            if (!shorthand && gitTakes(branch) != RefNames.fault(branch).isEmpty()) {
                differing.add(branch);
            }
        }
        assertThat(differing).isEmpty();
    }

    private static boolean gitTakes(String branch) throws IOException, InterruptedException {
        ProcessBuilder git = new ProcessBuilder("git", "check-ref-format", "--branch", branch);
        git.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        git.redirectError(ProcessBuilder.Redirect.DISCARD);
        return git.start().waitFor() == 0;
    }
}
