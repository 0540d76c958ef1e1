package orchestrator.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.git.Rescues;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.WorkspaceConfig;

/** All rescues of a workspace's repositories. Blocks. */
public final class RescueShelf {
    private final WorkspaceConfig config;
    private final Rescues rescues;

    /**
     * A rescue and where it lies.
     *
     * @param repo the repository as the config names it
     * @param issue whose work it holds; empty when several projects share the repository and none
     *     or several of them have an issue of that number
     */
    public record Item(Repo repo, Optional<IssueId> issue, Rescues.Kept kept) {}

    /** The shelf of a workspace. */
    public RescueShelf(WorkspaceConfig config, Rescues rescues) {
        this.config = config;
        this.rescues = rescues;
    }

    /** Every rescue of every repository, newest first. */
    public List<Item> all() {
        Map<Path, List<Project>> users = new LinkedHashMap<>();
        Map<Path, Repo> repos = new LinkedHashMap<>();
        for (Project project : config.projects()) {
            for (Repo repo : project.repos().values()) {
                Path real = real(repo.path());
                repos.putIfAbsent(real, repo);
                users.computeIfAbsent(real, path -> new ArrayList<>()).add(project);
            }
        }
        List<Item> items = new ArrayList<>();
        repos.forEach((real, repo) ->
                rescues.of(repo.path())
                        .forEach(kept ->
                                items.add(
                                        new Item(
                                                repo,
                                                issue(
                                                        users.getOrDefault(real, List.of()),
                                                        kept.issue()),
                                                kept))));
        items.sort(Comparator.comparing((Item item) -> item.kept().at()).reversed());
        return List.copyOf(items);
    }

    private static Optional<IssueId> issue(List<Project> users, int number) {
        List<Project> distinct = users.stream().distinct().toList();
        List<Project> candidates =
                distinct.size() == 1
                        ? distinct
                        : distinct.stream().filter(p -> p.issue(number).isPresent()).toList();
        return candidates.size() == 1
                ? Optional.of(new IssueId(candidates.getFirst().name(), number))
                : Optional.empty();
    }

    /** The same repository by whatever links it is reached. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // Not there, or not to be entered: then the written path is all there is.
            return path;
        }
    }

    /**
     * The rescue a word names: its ref, or enough of the ref's end to tell it from all others.
     *
     * @param repo name of the repository it lies in, as {@link #all} tells; empty: any
     * @throws Fault {@code rescue-unknown}
     */
    public Item find(String word, Optional<String> repo) {
        List<Item> there =
                all().stream()
                        .filter(item -> repo.isEmpty() || repo.get().equals(item.repo().name()))
                        .toList();
        List<Item> found = there.stream().filter(item -> item.kept().ref().equals(word)).toList();
        if (found.isEmpty()) {
            found = there.stream().filter(item -> item.kept().ref().endsWith("/" + word)).toList();
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        String named = Text.oneLine(word, 120);
        throw new Fault(
                "rescue-unknown",
                found.isEmpty()
                        ? "There is no rescue '%s'%s; see `rescue list`."
                                .formatted(
                                        named,
                                        repo.map(name -> " in a repository '" + name + "'")
                                                .orElse(""))
                        : "There are several rescues '%s': %s; name the whole ref, and the repository with --repo."
                                .formatted(
                                        named,
                                        found.stream()
                                                .map(each ->
                                                        each.kept().ref()
                                                                + " in "
                                                                + each.repo().name())
                                                .toList()));
    }

    /**
     * Puts the files of a rescue into a folder.
     *
     * @param into not there yet, or empty; when not given, a new folder beside the repository
     * @throws Fault as {@link Rescues#restore}
     */
    public Rescues.Restored restore(Item item, Optional<Path> into) {
        return rescues.restore(item.repo().path(), item.kept(), into.orElseGet(() -> beside(item)));
    }

    private static Path beside(Item item) {
        String ref = item.kept().ref();
        String stamp = ref.substring(ref.lastIndexOf('/') + 1);
        Path repository = item.repo().path();
        String name =
                "%s-rescued-%d-%s".formatted(repository.getFileName(), item.kept().issue(), stamp);
        Path place = repository.resolveSibling(name);
        for (int n = 2; Files.exists(place, LinkOption.NOFOLLOW_LINKS); n++) {
            place = repository.resolveSibling(name + "-" + n);
        }
        return place;
    }
}
