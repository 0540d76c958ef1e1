package orchestrator.simulation;

import java.nio.file.*;

public final class SimMain {
    public static void main(String[] a) throws Exception {
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
                .setLevel(ch.qos.logback.classic.Level.OFF);
        long from = Long.parseLong(a[0]), n = Long.parseLong(a[1]);
        long t0 = System.nanoTime();
        int bad = 0;
        double sim = 0;
        long steps = 0;
        int deaths = 0;
        for (long s = from; s < from + n; s++) {
            Simulation.Result r =
                    Simulation.run(
                            s, Path.of("/dev/shm/simx-" + ProcessHandle.current().pid() + "-" + s));
            sim += r.simulated().toMillis() / 1000.0;
            steps += r.steps();
            deaths += r.deaths();
            if (!r.isSound() || a.length > 4) {
                bad++;
                System.out.println("seed " + s + ": " + r.broken());
                if (a.length > 2) r.trace().forEach(System.out::println);
            }
            if (a.length > 3) System.out.println(r.digest());
        }
        System.out.printf(
                "%d seeds, %d bad, %.1f ms each, %.0f s simulated each, %d steps each, %.1f deaths%n",
                n,
                bad,
                (System.nanoTime() - t0) / 1e6 / n,
                sim / n,
                steps / n,
                (double) deaths / n);
    }
}
