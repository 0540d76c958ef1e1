package orchestrator.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import orchestrator.model.Fault;
import org.slf4j.LoggerFactory;

/**
 * Listens to what the engine logs while runs go on: an exception of its own is a defect, whatever
 * it makes of it. All else stays unsaid; there is very much of it.
 */
final class Defects extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final String ENGINE = "orchestrator";

    private final Logger logger = (Logger) LoggerFactory.getLogger(ENGINE);
    private final Optional<Level> levelBefore = Optional.ofNullable(logger.getLevel());
    private final boolean additiveBefore = logger.isAdditive();
    private final ConcurrentMap<String, String> first = new ConcurrentHashMap<>();

    private Defects() {
        setContext(logger.getLoggerContext());
    }

    static Defects listen() {
        Defects defects = new Defects();
        defects.start();
        defects.logger.setLevel(Level.ERROR);
        defects.logger.setAdditive(false);
        defects.logger.addAppender(defects);
        return defects;
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null && !thrown.getClassName().equals(Fault.class.getName())) {
            StringBuilder where = new StringBuilder();
            for (int i = 0; i < Math.min(4, thrown.getStackTraceElementProxyArray().length); i++) {
                where.append(' ').append(thrown.getStackTraceElementProxyArray()[i]);
            }
            first.putIfAbsent(
                    runOf(event.getThreadName()),
                    "%s: %s: %s%s"
                            .formatted(
                                    event.getFormattedMessage(),
                                    thrown.getClassName(),
                                    thrown.getMessage(),
                                    where));
        }
    }

    /** What a run's threads are called begins with its seed. */
    private static String runOf(String thread) {
        int end = thread.indexOf(' ');
        return end < 0 ? thread : thread.substring(0, end);
    }

    /** The first defect that a seed's run has shown. */
    Optional<String> of(long seed) {
        return Optional.ofNullable(first.remove(Long.toString(seed)));
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(levelBefore.orElse(null));
        logger.setAdditive(additiveBefore);
        stop();
    }
}
