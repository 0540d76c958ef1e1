package orchestrator.tmux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.model.Fault;
import orchestrator.process.Await;
import orchestrator.process.Command;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;

/**
 * Asks one tmux server and understands its answers and refusals. A sentence {@code what} says what
 * could not be done, such as "could not list the sessions". Safe on any thread.
 */
final class TmuxClient {
    /** The code of the fault when what was asked for is certainly not there. */
    static final String GONE = "tmux-gone";

    private static final String FAILED = "tmux-failed";
    private static final int TRIES_WHEN_DROPPED = 10;
    private static final Duration PAUSE_WHEN_DROPPED = Duration.ofMillis(20);

    private final CommandRunner runner;
    private final List<String> base;

    /**
     * A client.
     *
     * @param socket as for {@link Tmux}
     */
    TmuxClient(CommandRunner runner, Optional<String> socket) {
        this.runner = runner;
        List<String> words = new ArrayList<>(List.of("tmux"));
        socket.ifPresent(value -> {
            words.add(value.contains("/") ? "-S" : "-L");
            words.add(value);
        });
        this.base = List.copyOf(words);
    }

    /** The words every call begins with. */
    List<String> base() {
        return base;
    }

    CommandRunner runner() {
        return runner;
    }

    /** What the pattern finds in an answer; a fault when it is not understood. */
    static Matcher parse(Pattern pattern, String text, String what) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new Fault(
                    FAILED,
                    "tmux %s: its answer \"%s\" is not understood; check its version with tmux -V."
                            .formatted(what, Words.line(text)));
        }
        return matcher;
    }

    /** Runs tmux; what it printed. */
    String ask(String what, List<String> words) {
        return answer(what, call(words));
    }

    /**
     * The same, but when the server drops the line it is asked again: it may just be ending with
     * its last session, and then the next answer is certain. Only for what may be done twice.
     */
    String askPatiently(String what, List<String> words) {
        Outcome outcome = call(words);
        for (int more = TRIES_WHEN_DROPPED; more > 0 && dropped(outcome); more--) {
            Await.pause(PAUSE_WHEN_DROPPED);
            outcome = call(words);
        }
        return answer(what, outcome);
    }

    private static boolean dropped(Outcome outcome) {
        return outcome instanceof Outcome.Exited exited
                && (exited.stderr().contains("server exited")
                        || exited.stderr().contains("lost server"));
    }

    /** Runs tmux; what became of it. */
    Outcome call(List<String> words) {
        List<String> argv = new ArrayList<>(base);
        argv.add(1, "-u"); // Else names would come back with their letters replaced.
        argv.addAll(words);
        return runner.run(command(argv));
    }

    private static String answer(String what, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Exited exited when exited.ok() -> exited.stdout();
            case Outcome.Exited exited -> throw refused(what, exited);
            case Outcome.TimedOut late ->
                    throw failed(
                            what, "it did not answer within " + late.after().toSeconds() + " s");
            case Outcome.CouldNotStart none -> throw failed(what, none.reason());
        };
    }

    /** A command that does not take us for a part of the tmux we may be in. */
    static Command command(List<String> argv) {
        return Command.of(argv).without("TMUX").without("TMUX_PANE").within(Tmux.TIMEOUT);
    }

    private static Fault refused(String what, Outcome.Exited exited) {
        String said = Words.line(exited.stderr());
        boolean gone =
                said.startsWith("no server running on ")
                        || said.startsWith("can't find session")
                        || said.startsWith("can't find window")
                        || said.startsWith("no such session")
                        || (said.startsWith("error connecting to ")
                                && said.endsWith("(No such file or directory)"));
        return gone
                ? new Fault(GONE, "tmux %s: %s.".formatted(what, said))
                : failed(what, said.isEmpty() ? "it exited with " + exited.code() : said);
    }

    private static Fault failed(String what, String why) {
        return new Fault(
                FAILED, "tmux %s: %s. Check it with \"tmux list-sessions\".".formatted(what, why));
    }
}
