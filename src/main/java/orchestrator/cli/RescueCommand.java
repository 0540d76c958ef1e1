package orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import orchestrator.cli.shell.Asked;
import orchestrator.git.Rescues;
import orchestrator.model.IssueId;
import orchestrator.monitor.RescueShelf;
import orchestrator.monitor.Text;
import orchestrator.monitor.Times;
import orchestrator.monitor.Workspaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code rescue}: what was kept before something was removed, and getting it back. */
@Command(
        name = "rescue",
        mixinStandardHelpOptions = true,
        description = {
            "Lists what was kept before a removal, and brings it back.",
            "What only a worktree holds is kept before anything there is ended or removed. Rescues lie in the repositories themselves, under refs/orchestrator/rescue/."
        },
        footer = {
            "",
            "Examples:",
            "  orchestrator rescue list",
            "  orchestrator rescue restore issue-12/20261122T170102Z --into ~/restored"
        })
final class RescueCommand implements Runnable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHORT = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    private RescueCommand() {}

    /** The command with its own commands. */
    static CommandLine line(WorkspaceOptions place, Workspaces workspaces) {
        return new CommandLine(new RescueCommand())
                .addSubcommand(new ListOf(place, workspaces))
                .addSubcommand(new Restore(place, workspaces));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say which: rescue list, or rescue restore REF.");
    }

    private static String issue(RescueShelf.Item item) {
        return item.issue().map(IssueId::toString).orElse("issue " + item.kept().issue());
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists all rescues of the workspace's repositories, newest first.",
            footer = {"", "Example:", "  orchestrator rescue list --json | jq -r '.[].ref'"})
    private static final class ListOf implements Callable<Integer> {
        private final WorkspaceOptions place;
        private final Workspaces workspaces;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Option(names = "--json", description = "As a JSON list.")
        private boolean json;

        ListOf(WorkspaceOptions place, Workspaces workspaces) {
            this.place = place;
            this.workspaces = workspaces;
        }

        @Override
        public Integer call() {
            List<RescueShelf.Item> all =
                    new RescueShelf(place.read().config(), workspaces.rescues()).all();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(json(all));
            } else if (all.isEmpty()) {
                out.println("There are no rescues.");
            } else {
                all.forEach(item -> out.print(text(item)));
            }
            return Cli.DONE;
        }

        private static String text(RescueShelf.Item item) {
            Rescues.Kept kept = item.kept();
            return "%s%n    %s of %s in %s: %s%n"
                    .formatted(
                            kept.ref(),
                            Times.local(kept.at()),
                            issue(item),
                            item.repo().name(),
                            Text.oneLine(kept.what(), 300));
        }

        private static String json(List<RescueShelf.Item> all) {
            ArrayNode list = JSON.createArrayNode();
            for (RescueShelf.Item item : all) {
                Rescues.Kept kept = item.kept();
                ObjectNode node = list.addObject();
                node.put("ref", kept.ref());
                node.put("commit", kept.commit());
                node.put("at", Times.iso(kept.at()));
                item.issue()
                        .ifPresentOrElse(
                                id -> node.put("project", id.project()),
                                () -> node.putNull("project"));
                node.put("issue", kept.issue());
                node.put("repo", item.repo().name());
                node.put("path", item.repo().path().toString());
                node.put("what", kept.what());
                ArrayNode notHeld = node.putArray("not_held");
                kept.notHeld().forEach(notHeld::add);
            }
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list);
        }
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = {
                "Puts the files of a rescue into a new folder and names its commits.",
                "Files that were untracked or ignored come back too. Nothing is ever overwritten, and the rescue stays."
            },
            footer = {"", "Example:", "  orchestrator rescue restore issue-12/20261122T170102Z"})
    private static final class Restore implements Callable<Integer> {
        private final WorkspaceOptions place;
        private final Workspaces workspaces;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Parameters(
                paramLabel = "REF",
                completionCandidates = Asked.Rescued.class,
                description =
                        "As `rescue list` names it; its end is enough when it is the only one.")
        @SuppressWarnings("NullAway.Init") // required
        private String ref;

        @Option(
                names = "--into",
                paramLabel = "DIR",
                description = "A new or empty folder (default: a new one beside the repository).")
        private @Nullable Path into;

        @Option(
                names = "--repo",
                paramLabel = "NAME",
                description = "The repository it lies in, when several have one of that name.")
        private @Nullable String repo;

        Restore(WorkspaceOptions place, Workspaces workspaces) {
            this.place = place;
            this.workspaces = workspaces;
        }

        @Override
        public Integer call() {
            RescueShelf shelf = new RescueShelf(place.read().config(), workspaces.rescues());
            RescueShelf.Item item = shelf.find(ref, Optional.ofNullable(repo));
            Rescues.Restored restored = shelf.restore(item, Optional.ofNullable(into));
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    "Restored %d %s of %s (%s) into %s"
                            .formatted(
                                    restored.files(),
                                    restored.files() == 1 ? "file" : "files",
                                    issue(item),
                                    Times.local(item.kept().at()),
                                    restored.folder()));
            item.kept().notHeld().forEach(left -> out.println("Not held: " + left));
            restored.commits().forEach(held -> out.println(commit(item, held)));
            return Cli.DONE;
        }

        private static String commit(RescueShelf.Item item, Rescues.Held held) {
            String id = held.commit().substring(0, SHORT);
            return "Commit %s %s (%s)"
                    .formatted(
                            id,
                            Text.oneLine(held.subject(), 100),
                            held.branches().isEmpty()
                                    ? "in the rescue only; to go on with it: %s"
                                            .formatted(
                                                    Text.shellWords(
                                                            List.of(
                                                                    "git",
                                                                    "-C",
                                                                    item.repo().path().toString(),
                                                                    "branch",
                                                                    "rescued-" + id,
                                                                    held.commit())))
                                    : "on " + String.join(", ", held.branches()));
        }
    }
}
