package orchestrator.git;

import java.util.List;
import orchestrator.model.Fault;
import orchestrator.model.Repo;
import orchestrator.process.Outcome;
import orchestrator.process.Outcome.Exited;

/** Talks to {@code origin}, never asking anybody anything. */
final class Remote {
    private final GitCall call;
    private final Repo repo;

    Remote(GitCall call, Repo repo) {
        this.call = call;
        this.repo = repo;
    }

    boolean exists() {
        return call.reading().run("config", "--get", "remote.origin.url").ok();
    }

    void fetch() {
        String branch = repo.defaultBranch();
        talk(
                "fetch",
                List.of(
                        "fetch",
                        "--no-tags",
                        "--no-write-fetch-head",
                        "--no-recurse-submodules",
                        "origin",
                        "+refs/heads/" + branch + ":refs/remotes/origin/" + branch));
    }

    void push(String branch, String commit) {
        Oids.require(commit, "commit to push");
        if (!RepositoryCheck.isBranchName(call, branch)) {
            throw new Fault(
                    "branch-name",
                    "\"%s\" is no valid branch name; change branch_prefix of repository \"%s\"."
                            .formatted(branch, repo.name()));
        }
        talk(
                "push",
                List.of("push", "--no-follow-tags", "origin", commit + ":refs/heads/" + branch));
    }

    private void talk(String verb, List<String> arguments) {
        GitCall network = withoutQuestions().within(GitCall.NETWORK);
        Outcome outcome = network.outcome(arguments);
        if (outcome instanceof Outcome.TimedOut late) {
            throw new Fault(
                    verb + "-network",
                    "git %s of %s did not end within %d s; see whether origin can be reached."
                            .formatted(verb, repo.path(), late.after().toSeconds()));
        }
        if (outcome instanceof Exited first && !first.ok() && !Stderr.isLock(first)) {
            throw fault(verb, first);
        }
        if (!(outcome instanceof Exited done && done.ok())) {
            Exited again = network.patiently(arguments);
            if (!again.ok()) {
                throw fault(verb, again);
            }
        }
    }

    private Fault fault(String verb, Exited exited) {
        String kind = Stderr.kind(exited);
        String advice =
                switch (kind) {
                    case "rejected" ->
                            "origin has commits there that this branch has not; merge them, or"
                                    + " rename the branch on origin";
                    case "auth" ->
                            "log in for git there (ssh key or credential helper), then try again";
                    case "network" -> "see whether origin can be reached";
                    default -> "try it by hand there";
                };
        return new Fault(
                verb + "-" + kind,
                "git %s in %s failed: %s; %s."
                        .formatted(verb, repo.path(), Stderr.usefulLine(exited), advice));
    }

    /** SSH must fail instead of asking; a command of the user's own is left as it is. */
    private GitCall withoutQuestions() {
        boolean own =
                System.getenv("GIT_SSH_COMMAND") != null
                        || System.getenv("GIT_SSH") != null
                        || call.reading().run("config", "--get", "core.sshCommand").ok();
        return own ? call : call.with("GIT_SSH_COMMAND", "ssh -oBatchMode=yes");
    }
}
