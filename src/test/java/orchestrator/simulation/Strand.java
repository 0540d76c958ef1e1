package orchestrator.simulation;

import java.lang.reflect.Constructor;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One task of the engine, on a virtual thread whose carrier is the thread that calls {@link
 * #resume}: it runs exactly from there to its next {@link #pause}. So of all strands of a run one
 * runs at a time, on one thread, and a switch costs half a microsecond.
 *
 * <p>What pauses for ever costs nothing but its memory: that is how a killed process's threads end,
 * without another statement of theirs, not even a {@code finally}. {@link #unwind} ends them once
 * nothing they do can be seen any more.
 */
final class Strand {
    /** Ends a thread whose process is dead. Nobody catches it. */
    static final class Dead extends Error {
        private static final long serialVersionUID = 1L;

        Dead() {
            super("its process was killed", null, false, false);
        }
    }

    private enum State {
        WAITING,
        RUNNING,
        OVER
    }

    private final String name;
    private final BlockingQueue<Runnable> carried = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile State state = State.WAITING;
    private volatile boolean unwinding;
    private boolean begun;

    Strand(String name, Runnable task) {
        this.name = name;
        thread =
                builder(carried::add)
                        .name(name)
                        .unstarted(() -> {
                            try {
                                if (!unwinding) {
                                    task.run();
                                }
                            } catch (Dead e) {
                                // As meant.
                            } finally {
                                state = State.OVER;
                            }
                        });
    }

    /**
     * A virtual thread on a carrier of one's own is what the JDK's own tests use; there is no
     * public way yet. The build opens java.lang to the tests for it.
     */
    private static Thread.Builder.OfVirtual builder(Executor carrier) {
        try {
            return (Thread.Builder.OfVirtual) Builders.MAKE.newInstance(carrier);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no virtual thread with a carrier of one's own", e);
        }
    }

    private static final class Builders {
        static final Constructor<?> MAKE = find();

        private static Constructor<?> find() {
            try {
                Constructor<?> found =
                        Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                                .getDeclaredConstructor(Executor.class);
                found.setAccessible(true);
                return found;
            } catch (ReflectiveOperationException | RuntimeException e) {
                throw new AssertionError(
                        "run the tests with --add-opens java.base/java.lang=ALL-UNNAMED", e);
            }
        }
    }

    String name() {
        return name;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /** Lets it run to its next pause or its end. */
    void resume() {
        if (state != State.WAITING) {
            throw new IllegalStateException(name + " is " + state);
        }
        state = State.RUNNING;
        if (begun) {
            LockSupport.unpark(thread);
        } else {
            begun = true;
            thread.start();
        }
        try {
            while (state == State.RUNNING) {
                // More than once when it waits for a lock of the machine's own in between.
                carried.take().run();
            }
            if (state == State.OVER) {
                // Its last turn may leave something to be run for the thread's own end.
                for (Runnable rest = carried.poll(); rest != null; rest = carried.poll()) {
                    rest.run();
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Called by its own task: waits until it is resumed. */
    void pause() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(name + " does not run here");
        }
        if (unwinding) {
            throw new Dead();
        }
        state = State.WAITING;
        while (state != State.RUNNING) {
            LockSupport.park();
        }
        if (unwinding) {
            throw new Dead();
        }
    }

    /** Ends it by an error where it waits. */
    void unwind() {
        unwinding = true;
        for (int turns = 0; state == State.WAITING && turns < 1_000; turns++) {
            resume();
        }
        if (state != State.OVER) {
            throw new AssertionError(name + " does not end");
        }
    }
}
