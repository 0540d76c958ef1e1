package orchestrator.monitor;

import java.time.Instant;
import orchestrator.model.CommandState;
import orchestrator.model.Event;
import orchestrator.model.WorkspaceConfig;
import orchestrator.rules.CommandRule;
import orchestrator.store.Journal;

/** Takes commands, notes them with what follows from them, and answers. The monitor thread only. */
final class CommandDesk {
    /** What the monitor itself is to do after a command. */
    enum Effect {
        NOTHING,
        STOP,
        RELEASE
    }

    private final Ledger ledger;
    private final Answers answers;

    CommandDesk(Ledger ledger, Answers answers) {
        this.ledger = ledger;
        this.answers = answers;
    }

    /** Notes it, and its answer. */
    Effect take(WorkspaceConfig config, Signal.Commanded command, Instant now) {
        CommandState known = ledger.state().commands().get(command.id());
        if (known != null && known.answer().isPresent()) {
            // It was done, and the monitor ended before it could be taken out of the inbox.
            answers.send(command.id(), known.answer().get());
            return Effect.NOTHING;
        }
        ledger.note(new Event.CommandReceived(command.id(), command.name(), command.arguments()));
        return switch (command.name()) {
            case "stop" -> {
                answer(command, true, "all work is being stopped");
                yield Effect.STOP;
            }
            case "release" -> {
                answer(command, true, "the monitor ends, the workers work on");
                yield Effect.RELEASE;
            }
            default -> {
                CommandRule.Reply reply =
                        CommandRule.answer(
                                config,
                                ledger.foreseen(now),
                                command.name(),
                                command.arguments(),
                                now);
                reply.decisions().forEach(decision -> ledger.note(Journal.Entry.of(decision)));
                answer(command, reply.accepted(), reply.text());
                yield Effect.NOTHING;
            }
        };
    }

    private void answer(Signal.Commanded command, boolean accepted, String text) {
        ledger.note(new Event.CommandDone(command.id(), accepted, text));
        answers.owe(command.id(), new CommandState.Answer(accepted, text));
    }
}
