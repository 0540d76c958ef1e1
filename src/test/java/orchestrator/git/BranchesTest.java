package orchestrator.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.git.Branches.Place;
import orchestrator.model.BranchWork;
import orchestrator.model.BranchWork.Commit;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.model.BranchWork.Kind;
import orchestrator.model.BranchWork.Part;
import orchestrator.model.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a branch, from real git. */
class BranchesTest {
    private static final String HOSTILE = "a b/“quo\"ted”\n$(touch x) 😀 :(glob)*.txt";
    @TempDir Path temp;
    private Sandbox box;
    private Branches branches;
    private Path tree;

    @BeforeEach
    void make() {
        box = new Sandbox(temp);
        branches = new GitBranches(box.runner);
        tree = box.ready(1);
    }

    private Place place() {
        return place(1, tree);
    }

    private Place place(int issue, Path folder) {
        return new Place(box.main, folder, "issue/" + issue, "", "main", "");
    }

    private BranchWork work() {
        return branches.work(place()).orElseThrow();
    }

    private String patch(Part part, FileChange... file) {
        return branches.patch(place(), work(), part, Stream.of(file).findFirst(), false).text();
    }

    @Test
    void a_new_branch_holds_nothing() {
        BranchWork work = work();
        assertThat(work.isEmpty()).isTrue();
        assertThat(work.head()).isEqualTo(work.base());
        assertThat(work.remote()).isTrue();
    }

    @Test
    void commits_are_told_newest_first_and_which_of_them_are_pushed() {
        String first = box.commit(tree, "one.txt", "1\n");
        box.git(tree, "push", "-q", "origin", "issue/1");
        String second = box.commit(tree, "two.txt", "2\n2\n");
        BranchWork work = work();
        assertThat(work.commits()).extracting(Commit::oid).containsExactly(second, first);
        assertThat(work.commits()).extracting(Commit::pushed).containsExactly(false, true);
        assertThat(work.commits().getFirst().subject()).isEqualTo("change two.txt");
        assertThat(work.commits().getFirst().author()).isEqualTo("Hand");
        assertThat(work.unpushed()).isEqualTo(1);
        assertThat(work.files())
                .containsExactly(
                        new FileChange(Kind.ADDED, "one.txt", "", 1, 0, false),
                        new FileChange(Kind.ADDED, "two.txt", "", 2, 0, false));
        Place told = new Place(box.main, tree, "issue/1", "", "main", second);
        assertThat(branches.work(told).orElseThrow().unpushed()).isZero();
    }

    @Test
    void renames_binaries_deletions_and_any_name_are_told() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            text.append("line ").append(i).append('\n');
        }
        box.commit(box.main, "old name.txt", text.toString());
        box.git(box.main, "push", "-q", "origin", "main");
        Path second = box.ready(2);
        box.git(second, "mv", "old name.txt", "new name.txt");
        Files.writeString(second.resolve("new name.txt"), text + "more\n");
        Files.write(second.resolve("picture.bin"), new byte[] {0, 1, 2, 0});
        Files.delete(second.resolve("README"));
        box.commit(second, HOSTILE, "x\n");
        BranchWork work = branches.work(place(2, second)).orElseThrow();
        assertThat(work.files())
                .containsExactlyInAnyOrder(
                        new FileChange(Kind.RENAMED, "new name.txt", "old name.txt", 1, 0, false),
                        new FileChange(Kind.ADDED, "picture.bin", "", 0, 0, true),
                        new FileChange(Kind.DELETED, "README", "", 0, 1, false),
                        new FileChange(Kind.ADDED, HOSTILE, "", 1, 0, false));
        for (FileChange file : work.files()) {
            String patch =
                    branches.patch(
                                    place(2, second),
                                    work,
                                    new Part.Everything(),
                                    Optional.of(file),
                                    false)
                            .text();
            assertThat(patch.split("diff --git", -1)).as(file.path()).hasSize(2);
        }
    }

    @Test
    void the_difference_is_of_everything_of_a_commit_or_of_what_is_not_committed() {
        String first = box.commit(tree, "one.txt", "1\n");
        box.commit(tree, "two.txt", "2\n");
        Sandbox.write(tree.resolve("one.txt"), "changed\n");
        Sandbox.write(tree.resolve(HOSTILE), "new\n");
        BranchWork work = work();
        assertThat(work.uncommitted())
                .containsExactly(
                        new FileChange(Kind.MODIFIED, "one.txt", "", 1, 1, false),
                        new FileChange(Kind.UNTRACKED, HOSTILE, "", 0, 0, false));
        assertThat(patch(new Part.Everything())).contains("+1\n", "+2\n").doesNotContain("changed");
        assertThat(patch(new Part.OfCommit(first))).contains("+1\n").doesNotContain("two.txt");
        assertThat(patch(new Part.Uncommitted())).contains("-1\n+changed\n");
        assertThat(patch(new Part.Uncommitted(), work.uncommitted().get(1))).contains("+new\n");
        assertThat(branches.files(place(), work, new Part.OfCommit(first)))
                .extracting(FileChange::path)
                .containsExactly("one.txt");
    }

    @Test
    void a_change_of_white_space_can_be_left_out() {
        box.commit(tree, "README", "  first\n");
        BranchWork work = work();
        Part all = new Part.Everything();
        assertThat(branches.patch(place(), work, all, Optional.empty(), false).text())
                .contains("+  first");
        assertThat(branches.patch(place(), work, all, Optional.empty(), true).text())
                .doesNotContain("@@");
    }

    @Test
    void the_taste_of_whoever_owns_the_repository_changes_nothing() {
        box.commit(tree, "one.txt", "1\n");
        Part all = new Part.Everything();
        String plain = patch(all);
        for (String[] setting :
                List.of(
                        new String[] {"diff.noprefix", "true"},
                        new String[] {"diff.external", "false"},
                        new String[] {"color.ui", "always"},
                        new String[] {"diff.context", "0"},
                        new String[] {"log.showSignature", "true"})) {
            box.git(box.main, "config", setting[0], setting[1]);
        }
        Sandbox.write(tree.resolve("one.txt"), "2\n");
        assertThat(patch(all)).isEqualTo(plain).contains("+++ b/one.txt");
        assertThat(patch(new Part.Uncommitted())).contains("+++ b/one.txt", "-1\n+2\n");
        assertThat(work().commits()).hasSize(1);
    }

    @Test
    void without_its_worktree_the_branch_still_tells() {
        String commit = box.commit(tree, "one.txt", "1\n");
        Sandbox.deleteTree(tree);
        BranchWork work = work();
        assertThat(work.folder()).isFalse();
        assertThat(work.commits()).extracting(Commit::oid).containsExactly(commit);
        assertThat(work.uncommitted()).isEmpty();
        assertThat(branches.tip(place())).isEqualTo(commit);
    }

    @Test
    void a_worktree_that_left_its_branch_is_said_to_be_detached() {
        box.commit(tree, "one.txt", "1\n");
        box.git(tree, "checkout", "-q", "--detach");
        String alone = box.commit(tree, "two.txt", "2\n");
        assertThat(work().detached()).isTrue();
        assertThat(work().head()).isEqualTo(alone);
        assertThat(branches.tip(place())).isEqualTo(alone);
    }

    @Test
    void neither_branch_nor_worktree_is_nothing() {
        assertThat(branches.work(place(9, box.root.resolve("none")))).isEmpty();
        assertThat(branches.tip(place(9, box.root.resolve("none")))).isEmpty();
    }

    @Test
    void a_history_without_a_common_commit_is_told_from_its_first_one() {
        box.git(tree, "checkout", "-q", "--orphan", "alone");
        box.commit(tree, "one.txt", "1\n");
        box.git(tree, "branch", "-M", "issue/1");
        BranchWork work = work();
        assertThat(work.commits()).hasSize(1);
        assertThat(work.files()).extracting(FileChange::path).contains("one.txt", "README");
        assertThat(patch(new Part.OfCommit(work.head()))).contains("+1\n");
    }

    @Test
    void a_repository_that_is_gone_is_named() {
        Place gone = new Place(box.root.resolve("gone"), tree, "issue/1", "", "main", "");
        assertThatThrownBy(() -> branches.work(gone))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("is not there");
    }

    @Test
    void merges_are_tried_and_leave_nothing_behind() throws IOException {
        box.commit(tree, "README", "ours\n");
        String clean = box.commit(tree, "x.txt", "x\n");
        Path second = box.ready(2);
        String other = box.commit(second, "README", "theirs\n");
        Path third = box.ready(3);
        String aside = box.commit(third, "aside.txt", "aside\n");
        List<String> before = objects();
        try (Branches.Rehearsals rehearsals = branches.rehearsals(box.main)) {
            assertThat(rehearsals.conflicts(clean, other)).contains(List.of("README"));
            assertThat(rehearsals.conflicts(clean, aside)).contains(List.of());
        }
        assertThat(objects()).isEqualTo(before);
        assertThat(box.git(tree, "status", "--porcelain")).isEmpty();
    }

    private List<String> objects() throws IOException {
        try (Stream<Path> all = Files.walk(box.main.resolve(".git/objects"))) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void a_git_that_is_too_old_cannot_tell() {
        String commit = box.commit(tree, "one.txt", "1\n");
        Branches old =
                new GitBranches(command ->
                        command.argv().contains("merge-tree")
                                ? new orchestrator.process.Outcome.Exited(129, "", "usage: git")
                                : new TestRunner(Map.of()).run(command));
        try (Branches.Rehearsals rehearsals = old.rehearsals(box.main)) {
            assertThat(rehearsals.conflicts(commit, commit)).isEmpty();
        }
    }
}
