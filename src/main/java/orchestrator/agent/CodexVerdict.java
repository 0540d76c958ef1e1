package orchestrator.agent;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import orchestrator.model.AgentOutcome;

/**
 * What the end of a run of Codex means. Pure.
 *
 * <p>The exit code says whether anything can have gone well, then the turn's failure, whose words
 * are the command line's own; standard error is the last resort. Whatever stays unclear is a
 * failure. When a usage limit resets is told as a time of the day in words, without its zone: it is
 * taken as unknown, and one worker tries from time to time.
 */
final class CodexVerdict {
    // Seen with 0.169.0, or in its services' answers as it hands them on; before what all share.
    private static final List<EndWords.Sign> SIGNS =
            List.of(
                    new EndWords.Sign(
                            EndWords.USED_UP,
                            detail -> new AgentOutcome.UsageLimit(Optional.empty(), detail)),
                    sign("quota exceeded|insufficient_quota", AgentOutcome.NoCredit::new),
                    sign("status 40[13] ", AgentOutcome.NotLoggedIn::new),
                    sign("ran out of room in the model's context", AgentOutcome.PromptTooLong::new),
                    sign(
                            "model .{0,80}does not exist or you do not have access",
                            AgentOutcome.BadAgentConfig::new),
                    sign(
                            "status 5\\d\\d |last status: (?:429|5\\d\\d)|at capacity",
                            AgentOutcome.Overloaded::new),
                    sign(
                            "stream disconnected|connection failed|error sending request",
                            AgentOutcome.Network::new));

    private static final Pattern BROKEN_CALL =
            EndWords.words(
                    "unexpected argument|invalid value|not inside a trusted directory|"
                            + "error loading config|usage: codex");

    private CodexVerdict() {}

    static AgentOutcome judge(StreamFacts facts, Agent.Exit exit) {
        Optional<Integer> code = exit.code();
        if (code.isEmpty()) {
            return new AgentOutcome.Vanished("its process is gone and left no exit code");
        }
        Optional<StreamFacts.Result> result = facts.result();
        if (code.get() == 0) {
            return exitedWell(result, exit);
        }
        if (code.get() == 126 || code.get() == 127) {
            return new AgentOutcome.BadAgentConfig(
                    EndWords.detail(
                            "exit " + code.get() + ", it could not be run", exit.stderrTail()));
        }
        // 0.169.0 answers SIGINT with code 1 and says nothing more.
        if (exit.interrupted() || code.get() == 130) {
            return new AgentOutcome.Interrupted();
        }
        if (EndWords.isKill(code.get())) {
            return new AgentOutcome.Failed(EndWords.ended(code.get()));
        }
        if (result.isPresent()) {
            return result.get().error()
                    ? said(facts, result.get())
                    : new AgentOutcome.Failed(
                            "it reported success, then " + EndWords.ended(code.get()));
        }
        return byStandardError(facts, exit, code.get());
    }

    private static AgentOutcome exitedWell(Optional<StreamFacts.Result> result, Agent.Exit exit) {
        if (result.isEmpty() || (result.get().turns() == 0 && !result.get().error())) {
            return exit.interrupted()
                    ? new AgentOutcome.Interrupted()
                    : new AgentOutcome.NoWork(
                            result.isEmpty()
                                    ? "exit 0 without a result"
                                    : "a turn without any work");
        }
        return result.get().error()
                ? new AgentOutcome.Failed(EndWords.detail("", result.get().text()))
                : new AgentOutcome.Done(result.get().turns(), 0, result.get().text());
    }

    private static AgentOutcome said(StreamFacts facts, StreamFacts.Result result) {
        String detail = EndWords.detail("", result.text());
        return byWords(result.text(), detail)
                .orElseGet(() ->
                        facts.worked()
                                ? new AgentOutcome.Failed(detail)
                                : new AgentOutcome.CrashedEmpty(detail));
    }

    private static AgentOutcome byStandardError(StreamFacts facts, Agent.Exit exit, int code) {
        String words = exit.stderrTail();
        String detail = EndWords.detail(EndWords.ended(code), words);
        if (facts.worked()) {
            return new AgentOutcome.Failed(detail);
        }
        return BROKEN_CALL.matcher(words).find()
                ? new AgentOutcome.BadAgentConfig(detail)
                : byWords(words, detail).orElseGet(() -> new AgentOutcome.CrashedEmpty(detail));
    }

    private static Optional<AgentOutcome> byWords(String text, String detail) {
        return EndWords.first(SIGNS, text, detail).or(() -> EndWords.byWords(text, detail));
    }

    private static EndWords.Sign sign(String words, Function<String, AgentOutcome> means) {
        return new EndWords.Sign(EndWords.words(words), means);
    }
}
