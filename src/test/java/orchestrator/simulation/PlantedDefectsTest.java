package orchestrator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import orchestrator.git.Worktrees;
import orchestrator.model.Liveness;
import orchestrator.monitor.Ports;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Threads;
import orchestrator.process.Processes;
import orchestrator.simulation.Simulation.Result;
import orchestrator.store.Disk;
import orchestrator.store.StateFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The simulation's checks bite: a defect that is planted is found within a few seeds. */
class PlantedDefectsTest {
    private static final int SEEDS = 40;

    /** A method of an interface, done otherwise. */
    private interface Instead {
        @Nullable Object call(@Nullable Object[] arguments, Real real) throws Throwable;
    }

    /** The method as it is. */
    private interface Real {
        @Nullable Object call() throws Throwable;
    }

    private static <T> T changed(Class<T> type, T real, Map<String, Instead> methods) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, given) -> {
                            Object[] arguments = given == null ? new Object[0] : given;
                            Real asIs =
                                    () -> {
                                        try {
                                            return method.invoke(real, arguments);
                                        } catch (InvocationTargetException e) {
                                            throw e.getTargetException();
                                        }
                                    };
                            Instead instead = methods.get(method.getName());
                            return instead == null ? asIs.call() : instead.call(arguments, asIs);
                        }));
    }

    private static RunContext with(RunContext context, StateFolder state, Ports ports) {
        return new RunContext(
                context.workspace(),
                state,
                context.workspaceId(),
                ports,
                context.selfCommand(),
                context.workspaceArguments(),
                context.linkFolder(),
                context.environment(),
                context.version());
    }

    private static UnaryOperator<RunContext> worktrees(Function<Worktrees, Worktrees> change) {
        return context -> ports(context, change, is -> is, is -> is);
    }

    private static UnaryOperator<RunContext> processes(Map<String, Instead> methods) {
        return context ->
                ports(context, is -> is, is -> changed(Processes.class, is, methods), is -> is);
    }

    private static UnaryOperator<RunContext> threads(Map<String, Instead> methods) {
        return context ->
                ports(context, is -> is, is -> is, is -> changed(Threads.class, is, methods));
    }

    private static RunContext ports(
            RunContext context,
            Function<Worktrees, Worktrees> worktrees,
            Function<Processes, Processes> processes,
            Function<Threads, Threads> threads) {
        Ports is = context.ports();
        return with(
                context,
                context.state(),
                new Ports(
                        is.terminal(),
                        worktrees.apply(is.worktrees()),
                        is.agents(),
                        is.forge(),
                        processes.apply(is.processes()),
                        is.commands(),
                        is.machine(),
                        is.clock(),
                        threads.apply(is.threads()),
                        is.watches()));
    }

    /** Runs seed after seed until one shows it. */
    private static void mustBeFound(String complaint, UnaryOperator<RunContext> defect) {
        try (Defects _ = Defects.listen()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                Result result = Simulation.run(seed, SimulationTest.Runs.folder(seed), defect);
                if (result.broken().stream().anyMatch(broken -> broken.contains(complaint))) {
                    System.out.printf("Found with seed %d: %s%n", seed, result.broken().getFirst());
                    return;
                }
            }
        }
        assertThat(List.of()).as("seeds that complain: %s", complaint).isNotEmpty();
    }

    @Test
    void acts_that_are_done_twice() {
        mustBeFound(
                "is there",
                threads(
                        Map.of(
                                "begin",
                                (arguments, real) -> {
                                    Object first = real.call();
                                    real.call();
                                    return first;
                                })));
    }

    @Test
    void an_end_that_ends_nothing() {
        mustBeFound("is there", processes(Map.of("end", (arguments, real) -> List.of())));
    }

    @Test
    void a_process_that_is_always_said_to_live() {
        mustBeFound(
                "is shown running",
                processes(Map.of("check", (arguments, real) -> Liveness.ALIVE)));
    }

    @Test
    void a_push_that_does_nothing() {
        mustBeFound(
                "and the remote has",
                worktrees(is ->
                        changed(Worktrees.class, is, Map.of("push", (arguments, real) -> null))));
    }

    @Test
    void a_worktree_that_is_made_over_the_one_that_is_there() {
        mustBeFound(
                "nothing holds these any more",
                worktrees(is ->
                        changed(
                                Worktrees.class,
                                is,
                                Map.of(
                                        "progress",
                                        (arguments, real) -> {
                                            ((Git.Seen) is).lose((Path) arguments[0]);
                                            return real.call();
                                        }))));
    }

    @Test
    void tasks_that_are_begun_and_never_run() {
        int[] count = {0};
        mustBeFound(
                "stays",
                threads(
                        Map.of(
                                "begin",
                                (arguments, real) -> {
                                    if (++count[0] % 5 == 0) {
                                        arguments[1] = (Runnable) () -> {};
                                    }
                                    return real.call();
                                })));
    }

    @Test
    void a_disk_that_loses_what_was_written_to_the_journal() {
        mustBeFound(
                "stays",
                context -> {
                    int[] count = {0};
                    Disk lossy =
                            changed(
                                    Disk.class,
                                    context.state().disk(),
                                    Map.of(
                                            "open",
                                            (arguments, real) ->
                                                    changed(
                                                            Disk.Open.class,
                                                            (Disk.Open)
                                                                    Objects.requireNonNull(
                                                                            real.call()),
                                                            Map.of(
                                                                    "write",
                                                                    (bytes, write) ->
                                                                            ++count[0] == 9
                                                                                    ? null
                                                                                    : write
                                                                                            .call()))));
                    return with(
                            context,
                            new StateFolder(context.state().root(), lossy),
                            context.ports());
                });
    }
}
