package orchestrator.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import orchestrator.store.Diagnostics;
import orchestrator.store.StateFolder;
import org.slf4j.LoggerFactory;

/**
 * Leads what our own classes log, from the level given up and with stack traces, to the workspace's
 * diagnostics. Standard error stays as quiet as it is configured.
 */
final class DiagnosticLog extends AppenderBase<ILoggingEvent> {
    private static final String OURS = "orchestrator";
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %property{pid} [%thread] %logger{0}: %msg%n%ex";

    private final Diagnostics diagnostics;
    private final PatternLayout layout = new PatternLayout();

    private DiagnosticLog(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Leads it to that state folder from now on, and no longer to the one before. */
    static synchronized void to(StateFolder state, String level) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        DiagnosticLog log = new DiagnosticLog(new Diagnostics(state));
        log.setContext(context);
        log.setName(DiagnosticLog.class.getName());
        log.layout.setContext(context);
        log.layout.setPattern(PATTERN);
        log.layout.start();
        log.start();
        context.putProperty("pid", Long.toString(ProcessHandle.current().pid()));
        Logger ours = context.getLogger(OURS);
        ours.detachAppender(log.getName());
        ours.addAppender(log);
        ours.setLevel(Level.toLevel(level, Level.INFO));
    }

    @Override
    protected void append(ILoggingEvent event) {
        try {
            diagnostics.append(layout.doLayout(event));
        } catch (IOException e) {
            // Whoever logs is not to fail by it; logback keeps this as a status message.
            addWarn("The diagnostics could not be written", e);
        }
    }
}
