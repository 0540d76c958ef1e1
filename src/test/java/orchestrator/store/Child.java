package orchestrator.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.model.ProcessIdentity;

/** What tests do in another process of Java. */
final class Child {
    private Child() {}

    static Process start(List<String> before, String what, Path file) throws IOException {
        List<String> argv = new ArrayList<>(before);
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        argv.addAll(List.of("-cp", System.getProperty("java.class.path")));
        argv.addAll(List.of(Child.class.getName(), what, file.toString()));
        return new ProcessBuilder(argv).redirectErrorStream(true).start();
    }

    static String output(Process child) throws IOException {
        try (InputStream out = child.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * {@code fill FILE}, {@code look FILE}; until standard input ends {@code hold FILE}, {@code
     * look-on FILE}.
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "fill" -> fill(file);
            case "hold" -> hold(file);
            case "look-on" -> lookOn(file);
            case "look" -> System.out.println(RunLock.holder(file));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void fill(Path file) {
        try (Journal journal = Journal.open(file)) {
            journal.append(Samples.AT, Samples.entries("before"));
            String big = "x".repeat(3000);
            try {
                journal.append(Samples.AT, Samples.entries(big, big, big, big, big, big));
            } catch (Fault fault) {
                System.out.println("fault " + fault.code() + " " + fault.sentence());
            }
            journal.append(Samples.AT, Samples.entries("after"));
            System.out.println("small batch written");
        }
    }

    private static void lookOn(Path file) throws IOException {
        System.out.println(RunLock.holder(file));
        while (System.in.available() == 0) {
            if (RunLock.holder(file).isPresent()) {
                System.out.println("somebody");
            }
        }
    }

    private static void hold(Path file) throws IOException {
        ProcessIdentity self = new ProcessIdentity(ProcessHandle.current().pid(), 7, "boot");
        Optional<RunLock> lock = RunLock.tryAcquire(file, "terminal", self);
        System.out.println(lock.isPresent() ? "held" : "refused");
        System.in.transferTo(OutputStream.nullOutputStream());
        lock.ifPresent(RunLock::close);
    }
}
