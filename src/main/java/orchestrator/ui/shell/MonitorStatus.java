package orchestrator.ui.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.MonitorView;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.fx.Tone;
import org.kordamp.ikonli.feather.Feather;

/**
 * What the run is doing, for the chip in the top bar.
 *
 * @param text a few words, with a countdown where something is waited for
 * @param detail a sentence or two more
 */
record MonitorStatus(Feather icon, Tone tone, String text, String detail) {
    static MonitorStatus of(Optional<RunSnapshot> snapshot, Instant now, Texts texts, ZoneId zone) {
        return snapshot.map(run -> of(run, now, texts, zone))
                .orElseGet(() ->
                        new MonitorStatus(
                                Feather.LOADER,
                                Tone.MUTED,
                                texts.get("monitor.reading"),
                                texts.get("monitor.reading-detail")));
    }

    private static MonitorStatus of(RunSnapshot run, Instant now, Texts texts, ZoneId zone) {
        boolean over = !run.issues().isEmpty() && run.isOver();
        if (over && run.monitor().state() != MonitorState.STOPPING) {
            return ended(run, who(run.monitor(), texts), texts);
        }
        return switch (run.monitor().state()) {
            case STOPPED ->
                    new MonitorStatus(
                            Feather.SQUARE,
                            Tone.MUTED,
                            texts.get("monitor.stopped"),
                            texts.get("monitor.stopped-detail"));
            case STOPPING ->
                    new MonitorStatus(
                            Feather.STOP_CIRCLE,
                            Tone.WARNING,
                            texts.get("monitor.stopping"),
                            texts.get("monitor.stopping-detail"));
            case RUNNING ->
                    run.gate().open()
                            ? open(run.monitor(), texts)
                            : held(run.monitor(), run.gate(), now, texts, zone);
        };
    }

    private static MonitorStatus open(MonitorView monitor, Texts texts) {
        return monitor.here()
                ? new MonitorStatus(
                        Feather.ACTIVITY,
                        Tone.SUCCESS,
                        texts.get("monitor.running"),
                        texts.get("monitor.running-detail"))
                : new MonitorStatus(
                        Feather.EYE,
                        Tone.ACCENT,
                        texts.get("monitor.observing"),
                        observing(monitor, texts));
    }

    private static String who(MonitorView monitor, Texts texts) {
        if (monitor.state() == MonitorState.STOPPED) {
            return texts.get("monitor.stopped-detail");
        }
        return monitor.here() ? texts.get("monitor.running-detail") : observing(monitor, texts);
    }

    /** Nothing more will happen by itself. */
    private static MonitorStatus ended(RunSnapshot run, String who, Texts texts) {
        if (run.isAllWell()) {
            return new MonitorStatus(
                    Feather.CHECK_CIRCLE,
                    Tone.SUCCESS,
                    texts.get("monitor.all-done"),
                    texts.get("monitor.all-done-detail") + "\n" + who);
        }
        long blocked = run.issues().stream().filter(i -> !i.status().isTerminal()).count();
        long unpushed =
                run.issues().stream()
                        .filter(i -> i.status() == IssueStatus.COMPLETED && !i.pushed())
                        .count();
        String what =
                Stream.of(
                                count(run.totals().failed(), "monitor.ended-failed", texts),
                                count(run.totals().parked(), "monitor.ended-parked", texts),
                                count(blocked, "monitor.ended-blocked", texts),
                                count(unpushed, "monitor.ended-unpushed", texts))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(", "));
        return new MonitorStatus(
                Feather.ALERT_CIRCLE,
                Tone.DANGER,
                texts.get("monitor.ended", what),
                texts.get("monitor.ended-detail") + "\n" + who);
    }

    private static Optional<String> count(long number, String key, Texts texts) {
        return number == 0 ? Optional.empty() : Optional.of(texts.get(key, number));
    }

    private static String observing(MonitorView monitor, Texts texts) {
        return monitor.pid()
                .map(pid -> texts.get("monitor.observing-pid", Long.toString(pid)))
                .orElseGet(() -> texts.get("monitor.observing-detail"));
    }

    private static MonitorStatus held(
            MonitorView monitor, GateView gate, Instant now, Texts texts, ZoneId zone) {
        boolean limit = gate.cause().filter(c -> c == PauseCause.USAGE_LIMIT).isPresent();
        boolean needsPerson = gate.cause().filter(c -> c == PauseCause.ACCOUNT).isPresent();
        String what = Format.line(gate.reason());
        String text = limit ? limitText(gate, now, texts, zone) : pauseText(gate, now, texts, what);
        String detail = what.isEmpty() ? texts.get("monitor.paused") : what;
        return new MonitorStatus(
                limit ? Feather.CLOCK : Feather.PAUSE_CIRCLE,
                needsPerson ? Tone.DANGER : Tone.WARNING,
                text,
                monitor.here() ? detail : detail + "\n" + observing(monitor, texts));
    }

    private static String limitText(GateView gate, Instant now, Texts texts, ZoneId zone) {
        return gate.until()
                .map(at ->
                        texts.get(
                                "monitor.limit-until", Format.clock(at, zone), remaining(at, now)))
                .orElseGet(() -> texts.get("monitor.limit"));
    }

    private static String pauseText(GateView gate, Instant now, Texts texts, String reason) {
        String text =
                reason.isEmpty()
                        ? texts.get("monitor.paused")
                        : texts.get("monitor.paused-because", reason);
        return gate.until()
                .map(at -> texts.get("monitor.paused-left", text, remaining(at, now)))
                .orElse(text);
    }

    private static String remaining(Instant until, Instant now) {
        return Format.elapsed(Math.max(0, Duration.between(now, until).toSeconds()));
    }
}
