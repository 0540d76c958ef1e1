package orchestrator.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orchestrator.cli.dashboard.View.Mode;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.monitor.Order;
import orchestrator.monitor.Times;
import orchestrator.ui.SampleRun;
import org.jline.utils.AttributedCharSequence.ForceMode;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Paint COLOURS = new Paint(256, Paint.Signs.UNICODE);
    private static final Paint NONE = new Paint(0, Paint.Signs.UNICODE);
    private static final RunSnapshot RICH = SampleRun.rich("");

    private static List<AttributedString> lines(
            RunSnapshot run, View view, int columns, int rows, Paint paint) {
        return new Layout(paint, rows, columns, SampleRun.NOW, ZoneOffset.UTC)
                .overview(Overview.of(run), view);
    }

    private static String text(List<AttributedString> lines) {
        return lines.stream()
                .map(line -> line.toString().stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private static String shown(RunSnapshot run, int columns, int rows) {
        return text(lines(run, View.FIRST, columns, rows, COLOURS));
    }

    /** What stands there, after the margin that every line has. */
    private static String screen(String lines) {
        return lines.lines()
                .map(line -> (" " + line).stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private static RunSnapshot run(GateView gate) {
        return SampleRun.of(SampleRun.ELSEWHERE, gate, RICH.workers(), RICH.issues());
    }

    @Test
    void eighty_columns_show_how_it_stands_who_works_what_is_next_and_what_happened() {
        assertThat(shown(RICH, 80, 24))
                .isEqualTo(
                        screen(
                                """
                                proof-workers  proof-orchestrator    running · monitor in the window, pid 4242
                                ███▓▓▓▓▓▒░░░░░░  4/20, 6 in progress, 8 pending, 1 failed, 1 parked     $41.70

                                Projects  proof █▓▓▒░░ 4/18, 1 failed, 1 parked   site ░░░░░░ 0/2
                                Waves     2 █▓▓▓▓▒ 1/5, 1 parked   3 ▓▓▓░░░ 0/6

                                  #  State     Issue     Stage              Elapsed  Last line
                                ▸ 1  running   proof#21  3/4 run_tests_fix    22:04  Running the suite again:…
                                  2  running   proof#22  1/4 optimize          4:14  Edit src/main/java/proof…
                                  3  waiting   proof#23  2/4 write_tests       1:35  Overloaded: tries again …
                                  4  starting  proof#31  1/4 optimize          0:03  Preparing the worktree.
                                  5  running   proof#32  3/4 run_tests_fix  1:10:11  cargo test --workspace -…
                                  6  ending    proof#33  4/4 document         30:11  Stalled: no output for 9…
                                  7  idle
                                  8  idle

                                Next up   proof#34  Deterministic builds

                                14:28:13   Worker 2 began optimize of proof#22 (attempt 1).
                                14:29:00   Pushed proof/issue-33: 7 commits.
                                14:29:47 ! Worker 3: overloaded, tries again in 40 s (2 of 6).
                                14:30:34 ! Worker 6 stalled: no output for 905 s, no change in the worktree, …
                                14:31:21   Worker 4 took proof#31 and prepares its worktree.
                                Enter log  a attach  r restart  s stop  p pause  / filter  ? help  q leave\
                                """));
    }

    @Test
    void forty_columns_and_twelve_rows_are_still_of_use() {
        assertThat(shown(RICH, 40, 12))
                .isEqualTo(
                        screen(
                                """
                                proof-workers                  running
                                ██▓▓▓▒░░░  4/20                 $41.70
                                  # State    Issue    Stage    ↓3 more
                                ▸ 1 running  proof#21 3/4 run_tests_f…
                                  2 running  proof#22 1/4 optimize
                                  3 waiting  proof#23 2/4 write_tests
                                  4 starting proof#31 1/4 optimize
                                  5 running  proof#32 3/4 run_tests_f…
                                Next up   proof#34  Deterministic bui…
                                14:30 ! Worker 6 stalled: no output f…
                                14:31   Worker 4 took proof#31 and pr…
                                Enter log  a attach  ? help  q leave\
                                """));
    }

    @Test
    void two_hundred_columns_show_titles_retries_and_costs_too() {
        assertThat(shown(RICH, 200, 50))
                .contains("4 of 20 completed, 6 in progress, 8 pending, 1 failed, 1 parked")
                .contains("Title                                 Stage")
                .contains(
                        "Rewards are rounded down twice when…  3/4 run_tests_fix    22:04        1  $6.31  Run")
                .contains("proof#36  Document the cache’s limits  waits for proof#22");
    }

    @Test
    void the_chosen_worker_is_seen_however_many_there_are_and_what_is_not_is_counted() {
        List<RunSnapshot.WorkerView> many =
                IntStream.rangeClosed(1, 40).mapToObj(SampleRun::idle).toList();
        RunSnapshot run = SampleRun.of(SampleRun.HERE, GateView.OPEN, many, List.of());
        for (int chosen = 1; chosen <= 40; chosen++) {
            String text = text(lines(run, View.FIRST.choosing(chosen), 80, 24, COLOURS));
            assertThat(text).containsPattern("▸ +" + chosen + "  idle");
        }
        assertThat(shown(run, 80, 24)).containsPattern("# .* ↓\\d+ more");
        assertThat(text(lines(run, View.FIRST.choosing(20), 80, 24, COLOURS)))
                .containsPattern("↑\\d+ ↓\\d+ more");
    }

    @Test
    void a_filter_says_how_many_it_shows_and_that_there_is_none() {
        View one = View.FIRST.filtering("ledgertest");
        assertThat(text(lines(RICH, one, 80, 24, COLOURS)))
                .contains("proof#21")
                .doesNotContain("proof#22  1/4")
                .endsWith("/ledgertest   1 of 8 shown   Esc shows all");
        assertThat(
                        text(
                                lines(
                                        RICH,
                                        View.FIRST.filtering("nobody").in(Mode.FILTERING),
                                        80,
                                        24,
                                        NONE)))
                .contains("No worker matches.")
                .endsWith("/nobody    0 of 8 shown   Enter keeps");
    }

    @Test
    void what_is_waited_for_counts_down_and_what_is_paused_says_why() {
        GateView limit =
                new GateView(
                        false,
                        Optional.of(PauseCause.USAGE_LIMIT),
                        Optional.of(SampleRun.NOW.plusSeconds(727)),
                        "\033[31musage limit used up");
        assertThat(shown(run(limit), 160, 24))
                .contains("paused · monitor in the terminal, pid 977")
                .contains(
                        "Launches paused: waiting for the usage limit until "
                                + Times.local(SampleRun.NOW.plusSeconds(727))
                                + ", 12:07: usage limit used up");
        assertThat(Overview.of(run(limit)).hasClocks()).isTrue();
        RunSnapshot rests =
                SampleRun.of(
                        SampleRun.HERE,
                        new GateView(
                                false, Optional.of(PauseCause.USER), Optional.empty(), "lunch"),
                        List.of(SampleRun.idle(1)),
                        RICH.issues());
        assertThat(shown(rests, 80, 24)).contains("Launches paused: lunch");
        assertThat(Overview.of(rests).hasClocks()).as("nothing ticks").isFalse();
    }

    @Test
    void without_a_monitor_it_says_so_and_a_run_that_is_over_says_how() {
        RunSnapshot none =
                SampleRun.of(SampleRun.STOPPED, GateView.OPEN, RICH.workers(), RICH.issues());
        assertThat(shown(none, 80, 24))
                .contains("no monitor runs")
                .contains("No monitor runs: this is what the journal says. `launch` goes on.");
        RunSnapshot over =
                SampleRun.of(
                        SampleRun.STOPPED,
                        GateView.OPEN,
                        List.of(SampleRun.idle(1)),
                        List.of(
                                SampleRun.issue(1, 1, "One").done(1, 1).view(),
                                SampleRun.issue(2, 1, "Two")
                                        .ended(IssueStatus.PARKED, 0, 1, "too long")
                                        .view()));
        assertThat(shown(over, 80, 24))
                .contains("ended: 1 parked")
                .contains("Nothing more happens by itself; no monitor runs.")
                .contains("█▒");
        RunSnapshot well =
                SampleRun.of(
                        SampleRun.ELSEWHERE,
                        GateView.OPEN,
                        List.of(),
                        List.of(SampleRun.issue(1, 1, "One").done(1, 1).view()));
        assertThat(shown(well, 80, 24)).contains("all done · monitor in the terminal, pid 977");
    }

    @Test
    void hostile_text_reaches_no_terminal_and_colour_is_never_the_only_sign() {
        String evil = "\033]0;owned\007\033[2J\u009b31m\u202e gone\r\nrow";
        RunSnapshot run =
                SampleRun.withEvents(
                        SampleRun.of(
                                SampleRun.HERE,
                                GateView.OPEN,
                                RICH.workers(),
                                List.of(SampleRun.issue(1, 1, evil).view())),
                        List.of(
                                new EventView(1, SampleRun.NOW, Optional.empty(), evil, true),
                                new EventView(
                                        2,
                                        SampleRun.NOW.minusSeconds(172_800),
                                        Optional.empty(),
                                        "two days ago",
                                        false)));
        for (AttributedString line : lines(run, View.FIRST, 200, 50, COLOURS)) {
            assertThat(line.toString()).doesNotContainPattern("[\\p{Cc}\\u202e]");
        }
        assertThat(shown(run, 200, 50)).contains("11-20      two days ago", "! gone row");
        String ansi =
                lines(RICH, View.FIRST, 80, 24, NONE).stream()
                        .map(line -> line.toAnsi(256, ForceMode.None))
                        .collect(Collectors.joining());
        assertThat(ansi).as("no colours").doesNotContainPattern("\\[[0-9;]*3[0-8]");
        assertThat(ansi).contains("\033[");
        assertThat(text(lines(RICH, View.FIRST, 80, 24, NONE))).isEqualTo(shown(RICH, 80, 24));
        assertThat(
                        lines(RICH, View.FIRST, 80, 24, COLOURS).stream()
                                .map(l -> l.toAnsi(256, ForceMode.None)))
                .anyMatch(line -> line.contains("\033[32m"));
    }

    @Test
    void where_there_are_no_signs_letters_do() {
        Paint ascii = new Paint(8, Paint.Signs.of(StandardCharsets.ISO_8859_1));
        assertThat(
                        text(
                                lines(
                                        SampleRun.of(
                                                SampleRun.HERE,
                                                GateView.OPEN,
                                                List.of(SampleRun.idle(1)),
                                                RICH.issues()),
                                        View.FIRST,
                                        80,
                                        24,
                                        ascii)))
                .contains(" ###=====!......  4/20", "> 1  idle");
    }

    @Test
    void a_question_stands_whole_where_it_needs_two_lines() {
        View asking =
                View.FIRST.asking(
                        new View.Question(
                                "Stop worker 1? Its attempt at proof#21 is ended; it starts nothing until restarted.",
                                Order.stopWorker(1)));
        assertThat(text(lines(RICH, asking, 80, 24, NONE)).lines().skip(22))
                .containsExactly(
                        " Stop worker 1? Its attempt at proof#21 is ended; it starts nothing until",
                        " restarted. y/n");
        assertThat(text(lines(RICH, asking, 100, 24, NONE))).endsWith("until restarted. y/n");
    }

    @Test
    void no_size_breaks_it_and_no_line_reaches_the_last_column() {
        View asking = View.FIRST.asking(new View.Question("Really? ".repeat(40), Order.resume()));
        for (int columns : new int[] {1, 2, 3, 7, 12, 20, 39, 40, 41, 60, 61, 62, 80, 120, 230}) {
            for (int rows : new int[] {1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 16, 20, 24, 25, 50}) {
                for (View view : List.of(View.FIRST, View.FIRST.in(Mode.FILTERING), asking)) {
                    List<AttributedString> lines = lines(RICH, view, columns, rows, COLOURS);
                    assertThat(lines).as("%d×%d", columns, rows).hasSize(rows);
                    for (AttributedString line : lines) {
                        assertThat(Cells.width(line.toString()))
                                .as("%d×%d: %s", columns, rows, line)
                                .isLessThanOrEqualTo(Math.max(1, columns - 1));
                    }
                }
                assertThat(Help.page(COLOURS, rows, columns)).hasSize(rows);
            }
        }
    }
}
