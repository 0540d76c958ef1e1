package orchestrator.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.model.Attempt;
import orchestrator.model.Fault;
import orchestrator.model.ProcessIdentity;

/**
 * The folder of one attempt: what {@code run.sh} reads (prompt, argv, environment, worktree) and
 * what it and the agent leave (process, stream.jsonl, stderr.log, exit). Made once, never reused: a
 * late exit of an old attempt cannot be taken for a new one's.
 *
 * @param path absolute
 * @param disk where it is
 */
public record AttemptFolder(Path path, Disk disk) {
    /** The variable that marks everything an attempt starts; its value is the attempt's id. */
    public static final String MARKER = "ORCHESTRATOR_ATTEMPT";

    /** The variable that says whose attempt it is; its value is the workspace's id. */
    public static final String WORKSPACE = "ORCHESTRATOR_WORKSPACE";

    /** The name of the file that appears when the agent has ended. */
    public static final String EXIT_NAME = "exit";

    private static final String SCRIPT = "run.sh";
    private static final String STARTED = "started";
    private static final String AGENT = "agent";
    private static final Pattern NAME = Pattern.compile("([a-z0-9_-]{1,60})\\n?");
    private static final String ENVIRONMENT = "environment";
    private static final Pattern EXIT = Pattern.compile("(\\d{1,3})( interrupted)?\\n?");
    private static final Pattern PROCESS =
            Pattern.compile("(\\d{1,18}) (\\d{1,18}) ([A-Za-z0-9-]{1,64})\\n?");

    /**
     * What an attempt runs.
     *
     * @param prompt given on standard input
     * @param argv absolute executable and arguments
     * @param environment added to the window's environment for the agent alone
     * @param worktree absolute; a folder with a {@code .git}, or the script refuses
     * @param agent its type, by which what it prints is read
     */
    public record Call(
            String prompt,
            List<String> argv,
            Map<String, String> environment,
            Path worktree,
            String agent) {
        public Call {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * What the script wrote when the agent had ended.
     *
     * @param code the agent's, 128 + the signal's number after a signal; 125: no worktree
     * @param interrupted Ctrl-C reached the script
     */
    public record ExitMark(int code, boolean interrupted) {}

    /** The place of an attempt's folder, whether it exists or not. */
    public static AttemptFolder of(StateFolder state, Attempt attempt) {
        if (attempt.number() < 1) {
            throw new Fault("unsafe-name", "An attempt's number is 1 or more: " + attempt + ".");
        }
        Names.safe("stage", attempt.stage());
        return new AttemptFolder(
                state.attempts(attempt.issue()).resolve(attempt.folderName()), state.disk());
    }

    /**
     * Makes the folder with all that the script needs. When it fails halfway, nothing remains. A
     * power cut may take it away until {@link #sync} has returned; nothing runs any more then, and
     * the number is not given again.
     *
     * @throws Fault {@code attempt-exists} when there is one; {@code attempt-folder} when the disk
     *     fails; {@code unsafe-…} when a value cannot be carried
     */
    public static AttemptFolder create(StateFolder state, Attempt attempt, Call call) {
        AttemptFolder folder = of(state, attempt);
        Map<String, byte[]> files = files(attempt, call);
        try {
            folder.make(state);
            folder.fill(files);
        } catch (FileAlreadyExistsException e) {
            throw new Fault(
                    "attempt-exists",
                    folder.path + " is already there; an attempt's folder is never used twice.",
                    e);
        } catch (IOException e) {
            throw folder.fault("make the attempt's folder", e);
        }
        return folder;
    }

    private void make(StateFolder state) throws IOException {
        Path issue = Objects.requireNonNull(path.getParent());
        disk.folder(state.attempts());
        disk.folder(Objects.requireNonNull(issue.getParent()));
        disk.folder(issue);
        disk.newFolder(path);
    }

    /**
     * Makes sure that nobody makes this folder any more, if nobody has: a monitor that has handed
     * the run over may still be about to. What is made here instead never runs.
     *
     * @return true: it was not there and never will be; false: it is there
     */
    public boolean forbidMaking(StateFolder state) {
        try {
            make(state);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw fault("forbid the making of", e);
        }
        return forbidStart();
    }

    private static Map<String, byte[]> files(Attempt attempt, Call call) {
        if (call.argv().isEmpty() || !call.argv().getFirst().startsWith("/")) {
            throw new Fault(
                    "unsafe-argv",
                    "The agent's command "
                            + call.argv()
                            + " does not begin with an absolute path.");
        }
        Map<String, String> environment = new TreeMap<>(call.environment());
        environment.put(MARKER, attempt.id());
        StringBuilder variables = new StringBuilder();
        environment.forEach((name, value) -> {
            if (!Names.isVariable(name)) {
                throw new Fault(
                        "unsafe-variable",
                        "\"%s\" is not a name for an environment variable; correct the agent's environment."
                                .formatted(name));
            }
            variables.append(name).append('=');
            variables.append(Names.oneLine("variable " + name, value)).append('\n');
        });
        StringBuilder argv = new StringBuilder();
        for (String word : call.argv()) {
            argv.append(Names.oneLine("agent's argument", word)).append('\n');
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("prompt.md", utf8(call.prompt()));
        files.put("argv", utf8(argv.toString()));
        files.put(ENVIRONMENT, utf8(variables.toString()));
        files.put("worktree", utf8(Names.oneLine("worktree", call.worktree() + "") + "\n"));
        files.put(AGENT, utf8(Names.oneLine("agent", call.agent()) + "\n"));
        files.put(SCRIPT, script());
        return files;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] script() {
        try (InputStream in = AttemptFolder.class.getResourceAsStream("/orchestrator/" + SCRIPT)) {
            return Objects.requireNonNull(in, "run.sh is missing in the program").readAllBytes();
        } catch (IOException e) {
            throw new Fault("broken-program", "run.sh cannot be read; build the program anew.", e);
        }
    }

    private void fill(Map<String, byte[]> files) throws IOException {
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                disk.writeNew(path.resolve(file.getKey()), file.getValue());
            }
            disk.newFile(transcript());
        } catch (IOException e) {
            try {
                remove();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /**
     * Brings down to the disk what is worth having after a power cut: that the folder was made, and
     * the prompt. What the script alone needs is of no use then. Apart from {@link #create} because
     * it takes tens of milliseconds that the agent need not wait for.
     *
     * @throws Fault {@code attempt-folder} when the disk fails
     */
    public void sync() {
        try {
            disk.sync(prompt());
            disk.sync(path);
            Path issue = Objects.requireNonNull(path.getParent());
            disk.sync(issue);
            if (!hasOthers(issue)) {
                Path project = Objects.requireNonNull(issue.getParent());
                disk.sync(project);
                disk.sync(Objects.requireNonNull(project.getParent()));
            }
        } catch (IOException e) {
            throw fault("bring to the disk", e);
        }
    }

    private boolean hasOthers(Path issue) throws IOException {
        try (DirectoryStream<Path> attempts =
                Files.newDirectoryStream(issue, other -> !other.equals(path))) {
            return attempts.iterator().hasNext();
        }
    }

    /** Removes the folder that was made a moment ago and that nothing has run in. */
    private void remove() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                disk.delete(file);
            }
        }
        disk.delete(path);
    }

    /** What the window's process is. */
    public List<String> command() {
        return List.of("/bin/sh", path.resolve(SCRIPT).toString(), path.toString());
    }

    /** What the window's process must have in its environment. */
    public static Map<String, String> marks(Attempt attempt, String workspaceId) {
        return Map.of(
                MARKER,
                attempt.id(),
                WORKSPACE,
                workspaceId,
                "ORCHESTRATOR_ISSUE",
                attempt.issue().toString(),
                "ORCHESTRATOR_STAGE",
                attempt.stage(),
                "ORCHESTRATOR_NUMBER",
                Integer.toString(attempt.number()));
    }

    /** Whether the folder is there. */
    public boolean exists() {
        return Files.isDirectory(path);
    }

    /** Whether the script has ever begun; false: nothing can have run. */
    public boolean started() {
        return Files.isDirectory(path.resolve(STARTED));
    }

    /** Whether it was decided, by this monitor or one before it, that the script never begins. */
    public boolean forbidden() {
        return Files.isRegularFile(path.resolve(STARTED));
    }

    /**
     * Makes sure that the script will never run, if it has not begun. The script's first act is to
     * make the same mark (a folder, where ours is a file), so one of the two comes first, for good.
     *
     * @return true: it has not run and never will, by this call; false: it has begun, or it was
     *     {@link #forbidden} before
     */
    public boolean forbidStart() {
        try {
            disk.newFile(path.resolve(STARTED));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw fault("forbid the start in", e);
        }
    }

    /** Removes the agent's variables, which may hold secrets, once it has ended. */
    public void forgetEnvironment() {
        try {
            disk.delete(path.resolve(ENVIRONMENT));
        } catch (IOException e) {
            throw fault("remove the environment in", e);
        }
    }

    /** The type of the agent that it was made for; empty: an older version made it. */
    public Optional<String> agent() {
        return match(path.resolve(AGENT), NAME).map(m -> m.group(1));
    }

    /** How the agent ended; empty while there is no (whole) mark. */
    public Optional<ExitMark> exit() {
        return match(exitFile(), EXIT)
                .map(m -> new ExitMark(Integer.parseInt(m.group(1)), m.group(2) != null));
    }

    /** The script's process; empty before it has begun. */
    public Optional<ProcessIdentity> process() {
        return match(path.resolve("process"), PROCESS)
                .map(m ->
                        new ProcessIdentity(
                                Long.parseLong(m.group(1)),
                                Long.parseLong(m.group(2)),
                                m.group(3)));
    }

    private Optional<Matcher> match(Path file, Pattern pattern) {
        Matcher matcher = pattern.matcher(tail(file, 200));
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    /** The last bytes of the agent's standard error, as text; empty when there is none. */
    public String stderrTail(int bytes) {
        return tail(stderr(), bytes);
    }

    private String tail(Path file, int bytes) {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            byte[] tail = new byte[(int) Math.min(bytes, length)];
            in.seek(length - tail.length);
            in.readFully(tail);
            int from = 0;
            while (tail.length < length && from < tail.length && (tail[from] & 0xC0) == 0x80) {
                from++;
            }
            return new String(tail, from, tail.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw fault("read in", e);
        }
    }

    private Fault fault(String act, IOException e) {
        return e instanceof NoSuchFileException
                ? new Fault("attempt-folder", path + " is not there any more.", e)
                : DiskFault.of(
                        "attempt-folder",
                        act,
                        path,
                        e,
                        "See that the disk is neither full nor read-only.");
    }

    public Path prompt() {
        return path.resolve("prompt.md");
    }

    /** What the agent writes, line by line. */
    public Path stream() {
        return path.resolve("stream.jsonl");
    }

    /** What people read; made empty with the folder. */
    public Path transcript() {
        return path.resolve("transcript.log");
    }

    public Path stderr() {
        return path.resolve("stderr.log");
    }

    /** The file that appears when the agent has ended; see {@link #exit()}. */
    public Path exitFile() {
        return path.resolve(EXIT_NAME);
    }
}
