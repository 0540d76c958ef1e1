package orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter said = new StringWriter();

    private ProgressBar bar(boolean terminal) {
        return new ProgressBar(new PrintWriter(said), terminal);
    }

    @Test
    void it_stands_below_what_is_printed_and_is_gone_at_the_end() {
        try (ProgressBar bar = bar(true)) {
            bar.at(1, 4, "1 of 4");
            bar.at(1, 4, "1 of 4");
            bar.println("one is done");
            bar.at(4, 4, "4 of 4");
        }

        String first = "\r\u001b[?7l█████░░░░░░░░░░░░░░░  1 of 4\u001b[K\u001b[?7h";
        assertThat(said.toString())
                .isEqualTo(
                        first
                                + "\r\u001b[Kone is done\n"
                                + first
                                + "\r\u001b[?7l████████████████████  4 of 4\u001b[K\u001b[?7h"
                                + "\r\u001b[K");
    }

    @Test
    void into_a_pipe_it_prints_the_lines_alone() {
        try (ProgressBar bar = bar(false)) {
            bar.at(1, 4, "1 of 4");
            bar.println("one is done");
            bar.at(2, 4, "2 of 4");
        }

        assertThat(said.toString()).isEqualTo("one is done\n");
    }

    @Test
    void nothing_to_do_and_more_than_all_are_no_trouble() {
        try (ProgressBar bar = bar(true)) {
            bar.at(0, 0, "none");
            bar.at(9, 4, "more");
        }

        assertThat(said.toString())
                .contains("░░░░░░░░░░░░░░░░░░░░  none", "████████████████████  more");
    }
}
