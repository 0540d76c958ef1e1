package orchestrator.process;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.model.Fault;
import orchestrator.model.Liveness;
import orchestrator.model.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Processes as {@code ps} shows them, for systems without {@code /proc}. Less exact: a start time
 * is known to the second; and an environment is shown in one line with the arguments, so a process
 * with {@code variable=value} as an argument counts as a carrier too, and a value must not hold
 * white space. Each look starts a {@code ps}.
 */
final class PortableProcesses extends TableProcesses {
    private static final String NO_BOOT_ID = "none";
    private static final String COLUMNS = "pid=,ppid=,stat=,time=,lstart=";
    private static final Pattern LINE =
            Pattern.compile("\\s*(\\d+)\\s+(\\d+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S.*\\S)\\s*");
    private static final Pattern NUMBERED = Pattern.compile("\\s*(\\d+)\\s(.*)");
    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH);
    private static final Pattern TIME =
            Pattern.compile("(?:(\\d+)-)?(?:(\\d+):)?(\\d+):(\\d+)(?:\\.(\\d{1,3})\\d*)?");

    private final CommandRunner runner;
    private final boolean linux;

    PortableProcesses(CommandRunner runner, String system) {
        this.runner = runner;
        this.linux = system.toLowerCase(Locale.ROOT).contains("linux");
    }

    @Override
    public Optional<ProcessIdentity> identify(long pid) {
        String shown = ps(Command.of("ps", "-o", COLUMNS, "-p", Long.toString(pid)), Set.of(0, 1));
        return shown.lines()
                .flatMap(line -> row(line).stream())
                .map(Row::identity)
                .filter(identity -> identity.pid() == pid)
                .findFirst();
    }

    @Override
    public Liveness check(ProcessIdentity process) {
        try {
            return identify(process.pid())
                    .filter(now -> now.bootId().equals(process.bootId()))
                    // Some systems compute it from the uptime, which wavers by a second.
                    .filter(now -> Math.abs(now.startTicks() - process.startTicks()) <= 1)
                    .map(now -> Liveness.ALIVE)
                    .orElse(Liveness.GONE);
        } catch (Fault e) {
            return Liveness.UNKNOWN;
        }
    }

    @Override
    public Map<Long, Row> rows() {
        Map<Long, Row> rows = new HashMap<>();
        ps(Command.of("ps", "-A", "-o", COLUMNS), Set.of(0))
                .lines()
                .flatMap(line -> row(line).stream())
                .forEach(row -> rows.put(row.identity().pid(), row));
        return rows;
    }

    /** A value with a blank in it is seen up to the blank. */
    @Override
    public Optional<String> variable(long pid, String name) {
        String begin = name + "=";
        String number = Long.toString(pid);
        List<String> argv =
                linux
                        ? List.of("ps", "eww", "-o", "args=", "-p", number)
                        : List.of("ps", "-E", "-ww", "-o", "command=", "-p", number);
        return Arrays.stream(ps(Command.of(argv).without(name), Set.of(0, 1)).split("\\s+", -1))
                .filter(word -> word.startsWith(begin))
                .map(word -> word.substring(begin.length()))
                .reduce((first, last) -> last);
    }

    @Override
    public Set<Long> carriers(Map<Long, Row> rows, String variable, String value) {
        List<String> argv =
                linux
                        ? List.of("ps", "axeww", "-o", "pid=,args=")
                        : List.of("ps", "-A", "-E", "-ww", "-o", "pid=,command=");
        String entry = " " + variable + "=" + value + " ";
        long self = ProcessHandle.current().pid();
        Set<Long> found = new LinkedHashSet<>();
        for (String line : ps(Command.of(argv).without(variable), Set.of(0)).split("\n", -1)) {
            Matcher numbered = NUMBERED.matcher(line);
            if (numbered.matches() && (" " + numbered.group(2) + " ").contains(entry)) {
                long pid = Long.parseLong(numbered.group(1));
                if (pid != self && rows.containsKey(pid)) {
                    found.add(pid);
                }
            }
        }
        return found;
    }

    private String ps(Command command, Set<Integer> good) {
        return switch (runner.run(command.with("LC_ALL", "C").with("TZ", "UTC"))) {
            case Outcome.Exited exited when good.contains(exited.code()) -> exited.stdout();
            case Outcome.Exited exited -> throw failed("ps said " + exited.stderr().strip());
            case Outcome.TimedOut late -> throw failed("ps took longer than " + late.after());
            case Outcome.CouldNotStart none -> throw failed(none.reason());
        };
    }

    private static Fault failed(String what) {
        return new Fault(
                "process-look-failed",
                "The system's processes could not be looked at: " + what + ".");
    }

    /** A line of ps; empty for one that has ended. */
    static Optional<Row> row(String line) {
        Matcher fields = LINE.matcher(line);
        if (!fields.matches()) {
            throw failed("ps wrote \"" + line + "\"");
        }
        if (fields.group(3).startsWith("Z")) {
            return Optional.empty();
        }
        try {
            String start = fields.group(5).replaceAll("\\s+", " ");
            long seconds = LocalDateTime.parse(start, START).toEpochSecond(ZoneOffset.UTC);
            return Optional.of(
                    new Row(
                            new ProcessIdentity(
                                    Long.parseLong(fields.group(1)), seconds, NO_BOOT_ID),
                            Long.parseLong(fields.group(2)),
                            time(fields.group(4))));
        } catch (DateTimeException e) {
            throw ProcessTable.failed("ps wrote \"" + line + "\"", e);
        }
    }

    /** {@code [[days-]hours:]minutes:seconds[.fraction]}. */
    static Duration time(String text) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            throw failed("ps wrote the time \"" + text + "\"");
        }
        return Duration.ofDays(part(parts.group(1)))
                .plusHours(part(parts.group(2)))
                .plusMinutes(part(parts.group(3)))
                .plusSeconds(part(parts.group(4)))
                .plusMillis(part((text(parts.group(5)) + "000").substring(0, 3)));
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }

    private static long part(@Nullable String part) {
        return part == null ? 0 : Long.parseLong(part);
    }
}
