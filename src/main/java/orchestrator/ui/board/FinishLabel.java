package orchestrator.ui.board;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import orchestrator.rules.Forecast;
import orchestrator.rules.Outlook;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** When the run would be done, as far as anybody can tell; its hint says what that rests on. */
public final class FinishLabel extends Label {
    private final Texts texts;
    private final ZoneId zone;
    private final Tooltip why = new Tooltip();

    /** A label that says nothing yet. */
    public FinishLabel(Texts texts, ZoneId zone) {
        this.texts = texts;
        this.zone = zone;
        getStyleClass().add("finish");
        setGraphic(Nodes.icon(Feather.FLAG, "meta-icon"));
        setMinWidth(USE_PREF_SIZE);
        why.setWrapText(true);
        why.setMaxWidth(420);
        setTooltip(why);
        show(Optional.empty(), Instant.EPOCH);
    }

    /** Shows the finish of an outlook, seen from now. */
    public void show(Optional<Outlook> outlook, Instant now) {
        setVisible(outlook.isPresent());
        outlook.map(Outlook::forecast)
                .ifPresent(forecast -> {
                    setText(text(forecast, now));
                    why.setText(reason(forecast));
                    setAccessibleText(getText());
                    setAccessibleHelp(why.getText());
                });
    }

    private String text(Forecast forecast, Instant now) {
        if (forecast.finish().isEmpty()) {
            return texts.get(
                    forecast.measuredStages() == 0 ? "finish.unmeasured" : "finish.nothing");
        }
        Instant at = forecast.finish().get();
        String clock = Format.clock(at, zone);
        LocalDate day = LocalDate.ofInstant(at, zone);
        long days = day.toEpochDay() - LocalDate.ofInstant(now, zone).toEpochDay();
        return days == 0
                ? texts.get("finish.today", clock)
                : texts.get("finish.later", clock, days);
    }

    private String reason(Forecast forecast) {
        if (forecast.measuredStages() == 0) {
            return texts.get("finish.why-not");
        }
        String rests = texts.get("finish.why", forecast.measuredStages());
        return forecast.unreachable() == 0
                ? rests
                : rests + " " + texts.get("finish.unreachable", forecast.unreachable());
    }
}
