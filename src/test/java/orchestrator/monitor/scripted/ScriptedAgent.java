package orchestrator.monitor.scripted;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.agent.Agent;
import orchestrator.agent.AgentStream;
import orchestrator.agent.StreamFacts;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AgentSettings;
import orchestrator.model.Attempt;
import orchestrator.model.Usage;

/**
 * An agent whose lines are words: {@code work} is a turn, {@code result} a good result, {@code
 * limit} a usage limit; anything else is only shown. Each line costs a dollar.
 */
public final class ScriptedAgent implements Agent {
    private final Faults faults;

    ScriptedAgent(Faults faults) {
        this.faults = faults;
    }

    @Override
    public List<String> check(AgentSettings settings) {
        return List.of();
    }

    @Override
    public Call call(AgentSettings settings, Attempt attempt, Path folder) {
        faults.check("agent.call");
        return new Call(List.of("/scripted-agent", attempt.stage()), Map.of());
    }

    @Override
    public AgentStream stream() {
        return new Lines();
    }

    @Override
    public AgentOutcome judge(StreamFacts facts, Exit exit) {
        if (faults.take("agent.judge")) {
            throw new IllegalStateException("a defect in the scripted judge");
        }
        if (exit.interrupted()) {
            return new AgentOutcome.Interrupted();
        }
        if (exit.code().isEmpty()) {
            return new AgentOutcome.Vanished("no exit");
        }
        if (facts.limitRejected()) {
            return new AgentOutcome.UsageLimit(Optional.empty(), "limit");
        }
        if (exit.code().get() != 0) {
            return new AgentOutcome.Failed("exit " + exit.code().get());
        }
        return facts.result().isPresent()
                ? new AgentOutcome.Done(1, 0, "")
                : new AgentOutcome.NoWork("no result");
    }

    private static final class Lines implements AgentStream {
        private final StringBuilder line = new StringBuilder();
        private volatile StreamFacts facts = StreamFacts.NONE;

        @Override
        public void accept(byte[] bytes, int from, int length, Consumer<String> transcript) {
            for (char c : new String(bytes, from, length, StandardCharsets.UTF_8).toCharArray()) {
                if (c == '\n') {
                    take(line.toString());
                    transcript.accept(line.toString());
                    line.setLength(0);
                } else {
                    line.append(c);
                }
            }
        }

        private void take(String text) {
            boolean result = text.equals("result");
            long lines = facts.lines() + 1;
            facts =
                    new StreamFacts(
                            lines,
                            0,
                            "session",
                            "scripted",
                            facts.worked() || text.equals("work"),
                            result
                                    ? Optional.of(
                                            new StreamFacts.Result(
                                                    false,
                                                    "success",
                                                    "",
                                                    "",
                                                    Optional.empty(),
                                                    1,
                                                    0,
                                                    ""))
                                    : facts.result(),
                            new Usage(lines, 0, 0, 0, lines),
                            facts.limitRejected() || text.equals("limit"),
                            Optional.empty(),
                            0,
                            text);
        }

        @Override
        public StreamFacts facts() {
            return facts;
        }
    }
}
