package orchestrator.ui.fx;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import orchestrator.model.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that may block, off the FX thread: each on a virtual thread of its own, its result or its
 * fault delivered on the FX thread. A failure is logged here, once, for it ends here.
 */
public final class Background {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private final Texts texts;
    private final Executor fxThread;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private int running;

    /** For one feature; each has its own busy state. */
    public Background(Texts texts) {
        this(texts, Platform::runLater);
    }

    Background(Texts texts, Executor fxThread) {
        this.texts = texts;
        this.fxThread = fxThread;
    }

    /** Work that is under way. */
    @FunctionalInterface
    public interface Task {
        /** Asks it to end by an interrupt; it ends as it will, with a result or a fault. */
        void cancel();
    }

    /**
     * Runs {@code work} and then exactly one of the others. FX thread only.
     *
     * @param name of the thread, for people who read a thread dump
     */
    public <T> Task run(
            String name, Callable<T> work, Consumer<T> onResult, Consumer<Fault> onFault) {
        running++;
        busy.set(true);
        return Thread.ofVirtual().name(name).start(() -> deliver(name, work, onResult, onFault))
                ::interrupt;
    }

    /** Runs {@code work} that has no result. FX thread only. */
    public Task run(String name, Runnable work, Runnable onDone, Consumer<Fault> onFault) {
        return run(
                name,
                () -> {
                    work.run();
                    return true;
                },
                _ -> onDone.run(),
                onFault);
    }

    private <T> void deliver(
            String name, Callable<T> work, Consumer<T> onResult, Consumer<Fault> onFault) {
        Runnable end;
        try {
            T result = work.call();
            end = () -> onResult.accept(result);
        } catch (Fault fault) {
            LOG.warn("{}: {}", name, fault.line());
            end = () -> onFault.accept(fault);
        } catch (Exception failure) {
            LOG.error("{} failed", name, failure);
            Fault fault = unexpected(failure);
            end = () -> onFault.accept(fault);
        }
        Runnable last = end;
        fxThread.execute(() -> {
            running--;
            busy.set(running > 0);
            last.run();
        });
    }

    private Fault unexpected(Exception failure) {
        String message = failure.getMessage();
        String what = message == null ? failure.getClass().getSimpleName() : message;
        return new Fault("unexpected", texts.get("fault.unexpected", what), failure);
    }

    /** True while something runs. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }
}
