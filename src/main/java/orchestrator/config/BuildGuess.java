package orchestrator.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a repository is built and tested, guessed from the files at its top; a person reads it before
 * it is used.
 *
 * @param language empty where nothing is known
 * @param build empty where nothing is known
 * @param test likewise
 */
public record BuildGuess(String language, String build, String test) {
    private static final BuildGuess NOTHING = new BuildGuess("", "", "");
    private static final int MOST_BYTES = 256 * 1024;

    /** A kind of project: how it is known, and what is done with it. */
    private record Kind(Predicate<Path> isOne, BuildGuess guess) {}

    private static final List<Kind> KINDS =
            List.of(
                    kind("mvnw", "Java", "./mvnw -q -DskipTests package", "./mvnw -q test"),
                    kind("pom.xml", "Java", "mvn -q -DskipTests package", "mvn -q test"),
                    gradle("build.gradle.kts"),
                    gradle("build.gradle"),
                    kind("Cargo.toml", "Rust", "cargo build", "cargo test"),
                    kind("go.mod", "Go", "go build ./...", "go test ./..."),
                    kind("mix.exs", "Elixir", "mix compile", "mix test"),
                    kind("Package.swift", "Swift", "swift build", "swift test"),
                    kind("deno.json", "TypeScript", "deno check .", "deno test"),
                    kind("pyproject.toml", "Python", "", "python3 -m pytest"),
                    kind("setup.py", "Python", "", "python3 -m pytest"),
                    kind(
                            "CMakeLists.txt",
                            "C++",
                            "cmake -B build && cmake --build build",
                            "ctest --test-dir build"),
                    kind("Gemfile", "Ruby", "bundle install", "bundle exec rake test"),
                    kind("composer.json", "PHP", "composer install", "vendor/bin/phpunit"));

    /** Looks at the top of a repository; blocks for some small files. */
    public static BuildGuess of(Path root) {
        if (Files.exists(root.resolve("package.json"))) {
            return node(root);
        }
        return KINDS.stream()
                .filter(kind -> kind.isOne().test(root))
                .map(Kind::guess)
                .findFirst()
                .orElseGet(() -> make(root));
    }

    private static Kind kind(String file, String language, String build, String test) {
        return new Kind(
                root -> Files.exists(root.resolve(file)), new BuildGuess(language, build, test));
    }

    private static Kind gradle(String file) {
        return new Kind(
                root -> Files.exists(root.resolve(file)),
                new BuildGuess("Java", "./gradlew assemble", "./gradlew test"));
    }

    private static BuildGuess node(Path root) {
        String tool =
                Files.exists(root.resolve("pnpm-lock.yaml"))
                        ? "pnpm"
                        : Files.exists(root.resolve("yarn.lock")) ? "yarn" : "npm";
        String text = text(root.resolve("package.json"));
        String language = Files.exists(root.resolve("tsconfig.json")) ? "TypeScript" : "JavaScript";
        return new BuildGuess(
                language,
                has(text, "\"build\"\\s*:") ? tool + " run build" : "",
                has(text, "\"test\"\\s*:") ? tool + " test" : "");
    }

    private static BuildGuess make(Path root) {
        return Stream.of("Makefile", "makefile", "GNUmakefile")
                .map(root::resolve)
                .filter(Files::exists)
                .findFirst()
                .map(BuildGuess::text)
                .map(text ->
                        new BuildGuess(
                                "",
                                "make",
                                Stream.of("test", "check")
                                        .filter(target -> has(text, "(?m)^" + target + "\\s*:"))
                                        .map(target -> "make " + target)
                                        .findFirst()
                                        .orElse("")))
                .orElse(NOTHING);
    }

    private static boolean has(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).find();
    }

    /** It is only a guess: what cannot be read tells nothing. */
    private static String text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
