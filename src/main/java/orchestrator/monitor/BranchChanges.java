package orchestrator.monitor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import orchestrator.git.Branches;
import orchestrator.git.Branches.Place;
import orchestrator.git.Branches.Rehearsals;
import orchestrator.model.BranchWork;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.model.BranchWork.Part;
import orchestrator.model.BranchWork.Patch;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.Worktree;

/** {@link Changes} by the journal, which knows where each issue's branch is, and by git. */
final class BranchChanges implements Changes {
    /** Pairs grow with the square: more branches than that are not compared with each other. */
    static final int MOST_BRANCHES = 60;

    private static final int REMEMBERED = 10_000;

    private final Supplier<JournalFeed.Known> known;
    private final Branches branches;
    private final Map<Pair, List<String>> tried =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Pair, List<String>> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /** Two commits of one repository. */
    private record Pair(Path repository, String one, String other) {}

    /** An issue's branch as it stands. */
    private record Live(IssueId issue, Path repository, String tip) {}

    BranchChanges(Supplier<JournalFeed.Known> known, Branches branches) {
        this.known = known;
        this.branches = branches;
    }

    @Override
    public Look look(IssueId issue) {
        JournalFeed.Known now = known.get();
        Optional<IssueState> state = Optional.ofNullable(now.state().issues().get(issue));
        Place place = place(now, issue);
        Optional<BranchWork> work = branches.work(place);
        if (work.isPresent()) {
            String address = state.map(it -> it.pullRequest().url()).orElse("");
            return new Look.Found(work.get(), address);
        }
        boolean begun = state.filter(it -> it.attempts() > 0).isPresent();
        return begun ? new Look.Gone(place.branch()) : new Look.NotBegun();
    }

    /** Where the journal says that the work is; before and after that, where it would be. */
    private static Place place(JournalFeed.Known now, IssueId id) {
        Optional<IssueState> state = Optional.ofNullable(now.state().issues().get(id));
        Optional<Worktree> worktree = state.flatMap(IssueState::worktree);
        Repo repo =
                now.config()
                        .project(id.project())
                        .flatMap(project -> repo(project, id, worktree))
                        .orElseThrow(() ->
                                new Fault(
                                        "issue-unknown",
                                        "%s is in no project file any more, so nobody knows its repository; put it back to see its branch."
                                                .formatted(id)));
        return new Place(
                repo.path(),
                worktree.map(it -> Path.of(it.path())).orElse(repo.worktreeOf(id.number())),
                worktree.map(Worktree::branch).orElse(repo.branchOf(id.number())),
                worktree.map(Worktree::base).orElse(""),
                repo.defaultBranch(),
                state.map(it -> it.push().pushed()).orElse(""));
    }

    private static Optional<Repo> repo(Project project, IssueId id, Optional<Worktree> worktree) {
        return worktree.flatMap(it -> Optional.ofNullable(project.repos().get(it.repo())))
                .or(() -> project.issue(id.number()).map((Issue it) -> project.repoOf(it)));
    }

    @Override
    public List<FileChange> files(IssueId issue, BranchWork work, Part part) {
        return branches.files(place(known.get(), issue), work, part);
    }

    @Override
    public Patch patch(
            IssueId issue,
            BranchWork work,
            Part part,
            Optional<FileChange> file,
            boolean ignoreSpace) {
        return branches.patch(place(known.get(), issue), work, part, file, ignoreSpace);
    }

    @Override
    public Forecast forecast(Optional<IssueId> of, Watch watch) {
        List<String> untold = new ArrayList<>();
        List<Live> live = live(of, untold, watch);
        List<Live[]> pairs = new ArrayList<>();
        for (int i = 0; i < live.size(); i++) {
            for (int j = i + 1; j < live.size(); j++) {
                Live[] pair = {live.get(i), live.get(j)};
                boolean wanted = of.isEmpty() || isOf(pair, of.get());
                if (wanted && pair[0].repository().equals(pair[1].repository())) {
                    pairs.add(pair);
                }
            }
        }
        return new Trial(watch, untold).over(pairs);
    }

    private static boolean isOf(Live[] pair, IssueId issue) {
        return pair[0].issue().equals(issue) || pair[1].issue().equals(issue);
    }

    /** The branches with commits of their own: those worked on before those that have ended. */
    private List<Live> live(Optional<IssueId> of, List<String> untold, Watch watch) {
        JournalFeed.Known now = known.get();
        List<IssueState> states =
                now.state().issues().values().stream()
                        .filter(state -> state.worktree().isPresent() && state.commits() > 0)
                        .sorted(
                                Comparator.comparing((IssueState state) -> !isOne(state, of))
                                        .thenComparing(state -> state.status().isTerminal())
                                        .thenComparing(IssueState::id))
                        .toList();
        if (states.size() > MOST_BRANCHES) {
            untold.add(
                    "%d branches are live; the %d that matter most are compared."
                            .formatted(states.size(), MOST_BRANCHES));
        }
        List<Live> live = new ArrayList<>();
        for (IssueState state : states.subList(0, Math.min(states.size(), MOST_BRANCHES))) {
            if (watch.cancelled()) {
                break;
            }
            try {
                Place place = place(now, state.id());
                String tip = branches.tip(place);
                if (!tip.isEmpty()) {
                    live.add(new Live(state.id(), place.repository(), tip));
                }
            } catch (Fault fault) {
                untold.add(fault.sentence());
            }
        }
        return live;
    }

    private static boolean isOne(IssueState state, Optional<IssueId> of) {
        return of.filter(state.id()::equals).isPresent();
    }

    /** One forecast being made. */
    private final class Trial {
        private final Watch watch;
        private final List<String> untold;
        private final List<Conflict> conflicts = new ArrayList<>();
        private final Map<Path, Rehearsals> rehearsals = new LinkedHashMap<>();

        Trial(Watch watch, List<String> untold) {
            this.watch = watch;
            this.untold = untold;
        }

        Forecast over(List<Live[]> pairs) {
            int done = 0;
            try {
                for (Live[] pair : pairs) {
                    if (watch.cancelled()) {
                        break;
                    }
                    watch.progress(done, pairs.size());
                    if (!look(pair[0], pair[1])) {
                        break;
                    }
                    done++;
                }
            } finally {
                rehearsals.values().forEach(Rehearsals::close);
            }
            return new Forecast(conflicts, done, untold);
        }

        /** False when no merge can be tried at all. */
        private boolean look(Live one, Live other) {
            Pair pair = new Pair(one.repository(), one.tip(), other.tip());
            Optional<List<String>> files = remembered(pair).or(() -> attempt(pair));
            if (files.isEmpty()) {
                untold.add(
                        "This git cannot try merges without a working tree; install git 2.38 or newer to have conflicts foretold.");
                return false;
            }
            if (!files.get().isEmpty()) {
                conflicts.add(new Conflict(one.issue(), other.issue(), files.get()));
            }
            return true;
        }

        private Optional<List<String>> attempt(Pair pair) {
            Optional<List<String>> files =
                    rehearsals
                            .computeIfAbsent(pair.repository(), branches::rehearsals)
                            .conflicts(pair.one(), pair.other());
            files.ifPresent(found -> remember(pair, found));
            return files;
        }
    }

    private synchronized Optional<List<String>> remembered(Pair pair) {
        return Optional.ofNullable(tried.get(pair));
    }

    private synchronized void remember(Pair pair, List<String> files) {
        tried.put(pair, files);
    }
}
