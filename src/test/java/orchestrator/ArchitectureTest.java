package orchestrator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static orchestrator.Reaches.CHANGES_FILES;
import static orchestrator.Reaches.READS_THE_CLOCK_OR_ITS_SURROUNDINGS;
import static orchestrator.Reaches.isA;
import static orchestrator.Reaches.isAnyMember;
import static orchestrator.Reaches.member;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which package may know which, and who may touch the world outside: the arrows of the design, each
 * with its reason. A rule that is in the way is discussed and changed here, in one place.
 */
class ArchitectureTest {
    private static final String BASE = "orchestrator";

    /** The tools and files around the core: each knows its own subject and none of the others. */
    private static final Set<String> MIDDLE =
            Set.of("prompt", "store", "tmux", "git", "agent", "forge", "log", "files");

    /** Ports and their adapters live here. */
    private static final List<String> PORTS = List.of("process", "tmux", "git", "agent", "forge");

    /**
     * What of ours each package may use, itself apart. A package that is not here may not be.
     * Wiring and the launcher see all and stand in no row, so nobody sees them.
     */
    static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry("model", Set.of()),
                    Map.entry("files", Set.of()),
                    Map.entry("rules", Set.of("model")),
                    Map.entry("config", Set.of("process", "model")),
                    Map.entry("process", Set.of("model")),
                    Map.entry("prompt", Set.of("log", "process", "model")),
                    Map.entry("store", Set.of("files", "process", "model")),
                    Map.entry("tmux", Set.of("process", "model")),
                    Map.entry("git", Set.of("process", "model")),
                    Map.entry("agent", Set.of("log", "process", "model")),
                    Map.entry("forge", Set.of("process", "model")),
                    Map.entry("log", Set.of("files", "process", "model")),
                    Map.entry("monitor", plus(MIDDLE, "rules", "config", "process", "model")),
                    Map.entry(
                            "cli", plus(MIDDLE, "monitor", "rules", "config", "process", "model")),
                    Map.entry(
                            "ui", plus(MIDDLE, "monitor", "rules", "config", "process", "model")));

    static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(BASE);

    @Test
    void there_are_classes_to_check() {
        assertThat(OURS).hasSizeGreaterThan(50);
    }

    @Test
    void every_package_has_its_place_in_the_table_of_arrows() {
        assertThat(OURS.stream().map(ArchitectureTest::part).distinct())
                .as("packages directly under %s; %s itself and wiring see all", BASE, BASE)
                .isSubsetOf(plus(MAY_USE.keySet(), "", "wiring"));
    }

    @ParameterizedTest(name = "{0} uses only {1}")
    @MethodSource("arrows")
    void a_package_uses_only_what_lies_below_it(String part, Set<String> below) {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(in(part))
                        .should()
                        .dependOnClassesThat(
                                describe(
                                        "are ours and in none of " + below,
                                        other -> isOurs(other) && !isIn(other, part, below)))
                        .because(
                                "front ends use the monitor, the monitor the tools, the tools processes, all of"
                                        + " them the words of the model, and never the other way: so each can be"
                                        + " understood and tested without those above and beside it"));
    }

    static Stream<Arguments> arrows() {
        return MAY_USE.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @Test
    void window_and_command_line_never_see_each_other() {
        check(
                slices().matching(BASE + ".(ui|cli)..")
                        .should()
                        .notDependOnEachOther()
                        .because(
                                "they are two clients of one engine, and the command line runs with no"
                                        + " JavaFX on its path; what both need belongs into the engine"));
    }

    @Test
    void packages_form_no_cycle() {
        check(
                slices().matching(BASE + ".(**)")
                        .should()
                        .beFreeOfCycles()
                        .because("two packages that need each other are one"));
    }

    @Test
    void only_the_window_knows_javafx() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("ui"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "javafx..",
                                "com.sun.javafx..",
                                "org.controlsfx..",
                                "impl.org.controlsfx..",
                                "atlantafx..",
                                "org.kordamp..",
                                "com.techsenger..")
                        .because(
                                "the engine and the command line run with no JavaFX on their path"));
    }

    @Test
    void only_the_dashboard_knows_its_terminal_library() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("cli.dashboard"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.jline..")
                        .because("every other command starts without loading it"));
    }

    @Test
    void only_wiring_knows_which_class_stands_behind_a_port() {
        for (String part : PORTS) {
            check(
                    noClasses()
                            .that(resideOutsideOfPackages(in(part), in("wiring")))
                            .should()
                            .dependOnClassesThat(resideInAPackage(in(part)).and(IMPLEMENT_A_PORT))
                            .because(
                                    "the simulation runs the same monitor over scripted ports: whoever names a"
                                            + " real adapter cannot be run there"));
        }
    }

    @Test
    void only_the_process_package_starts_and_ends_processes() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("process"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.apache.commons.exec..", "com.pty4j..")
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(ProcessBuilder.class, Process.class)
                        .orShould()
                        .accessTargetWhere(member(Runtime.class, "exec"))
                        .orShould()
                        .accessTargetWhere(
                                member(ProcessHandle.class, "destroy", "destroyForcibly"))
                        .because(
                                "environment, time-outs, output and identity are looked after in one place, and"
                                        + " nothing is ever signalled by a bare pid"));
    }

    @Test
    void the_model_is_plain_values() {
        check(
                classes()
                        .that()
                        .resideInAPackage(in("model"))
                        .should()
                        .onlyDependOnClassesThat(
                                resideInAnyPackage(
                                                in("model"),
                                                "java.lang..",
                                                "java.util",
                                                "java.util.function",
                                                "java.util.stream",
                                                "java.util.regex",
                                                "java.time..",
                                                "java.math",
                                                "org.jspecify..",
                                                // Persistent maps: values that share what did not
                                                // change.
                                                "org.pcollections..")
                                        .or(isA(Path.class))
                                        .or(describe("are arrays", JavaClass::isArray)))
                        .because(
                                "the words are shared by all and outlive every library: no JSON, no logging, no"
                                        + " files, no threads"));
    }

    @Test
    void the_rules_do_nothing_but_think() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(in("rules"))
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                        "java.io..",
                                        "java.nio.channels..",
                                        "java.net..",
                                        "java.util.concurrent..",
                                        "org.slf4j..",
                                        "tools.jackson.."))
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(Files.class, FileSystem.class, Thread.class, Runtime.class)
                        .because(
                                "a decision is a function of what was seen, so a run can be replayed from its journal"));
    }

    @Test
    void the_core_reads_no_clock_and_throws_no_dice() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(in("model"), in("rules"), in("prompt"))
                        .should()
                        .accessTargetWhere(READS_THE_CLOCK_OR_ITS_SURROUNDINGS)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(RandomGenerator.class)
                        .because(
                                "the same facts must give the same decision: the time is handed in, jitter is the shell's"));
    }

    @Test
    void front_ends_and_the_core_change_no_files() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                in("model"),
                                in("rules"),
                                in("prompt"),
                                in("tmux"),
                                in("forge"),
                                in("monitor"),
                                in("cli"),
                                in("ui"))
                        .should()
                        .accessTargetWhere(CHANGES_FILES)
                        .because(
                                "only the store writes under state/ (configuration, worktrees and logs have their"
                                        + " packages): so there is one place that makes writes atomic and durable"));
    }

    @Test
    void nobody_sleeps() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(BASE + ".process.Await")
                        .should()
                        .accessTargetWhere(
                                member(Thread.class, "sleep")
                                        .or(member(TimeUnit.class, "sleep"))
                                        .or(
                                                member(
                                                        java.util.concurrent.locks.LockSupport
                                                                .class,
                                                        "parkNanos",
                                                        "parkUntil")))
                        .because(
                                "whoever sleeps reacts late: wait for the condition, with a time-out, through process.Await"));
    }

    @Test
    void only_the_launcher_exits() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(BASE)
                        .should()
                        .accessTargetWhere(
                                member(System.class, "exit")
                                        .or(member(Runtime.class, "exit", "halt")))
                        .because(
                                "an exit in the middle leaves things half done and cannot be tested"));
    }

    @Test
    void only_the_command_line_speaks_to_the_terminal() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(BASE, in("cli"))
                        .should()
                        .accessTargetWhere(
                                member(System.class, "out", "err", "in")
                                        .or(member(IO.class, "print", "println", "readln"))
                                        .or(isAnyMember("printStackTrace")))
                        .because(
                                "what a library prints goes to nobody in a window and in the way in a terminal; log it or return it"));
    }

    @Test
    void every_package_is_null_marked() {
        List<String> unmarked =
                OURS.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .sorted()
                        .toList();
        assertThat(unmarked)
                .as("packages without @NullMarked in their package-info.java")
                .isEmpty();
    }

    // ---------------------------------------------------------------------------------------------

    private static final DescribedPredicate<JavaClass> IMPLEMENT_A_PORT =
            describe(
                    "implement a port",
                    c ->
                            !c.isInterface()
                                    && !c.isRecord()
                                    && !c.isEnum()
                                    && c.getAllRawInterfaces().stream()
                                            .anyMatch(i -> PORTS.contains(part(i)) && isOurs(i)));

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }

    /** The package directly under {@link #BASE} that holds the class; empty for BASE itself. */
    static String part(JavaClass type) {
        String name = type.getPackageName();
        if (!isOurs(type) || name.equals(BASE)) return "";
        String inside = name.substring(BASE.length() + 1);
        int end = inside.indexOf('.');
        return end < 0 ? inside : inside.substring(0, end);
    }

    private static String in(String part) {
        return BASE + "." + part + "..";
    }

    private static boolean isOurs(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(BASE) || name.startsWith(BASE + ".");
    }

    private static boolean isIn(JavaClass type, String part, Set<String> parts) {
        return part(type).equals(part) || parts.contains(part(type));
    }

    private static Set<String> plus(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Arrays.stream(more))
                .collect(Collectors.toUnmodifiableSet());
    }
}
