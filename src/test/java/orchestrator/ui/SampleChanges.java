package orchestrator.ui;

import java.util.List;
import orchestrator.model.BranchWork;
import orchestrator.model.BranchWork.Commit;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.model.BranchWork.Kind;
import orchestrator.model.IssueId;
import orchestrator.monitor.Changes.Conflict;
import orchestrator.monitor.Changes.Forecast;
import orchestrator.monitor.Changes.Look;

/** What proof#21 produced. */
final class SampleChanges {
    static final String BASE = "9f1c2d3e4b5a69788796a5b4c3d2e1f00f1e2d3c";

    private SampleChanges() {}

    private static Commit commit(String oid, int minutes, String subject, boolean pushed) {
        return new Commit(
                oid + "0".repeat(40 - oid.length()),
                "Claude",
                SampleRun.NOW.minusSeconds(60L * minutes),
                subject,
                pushed);
    }

    static BranchWork work() {
        return new BranchWork(
                "proof/issue-21",
                BASE,
                commit("3f2a91c7", 2, "", false).oid(),
                true,
                false,
                List.of(
                        commit(
                                "3f2a91c7",
                                2,
                                "proof: split rewards exactly, round once at the end of the epoch",
                                false),
                        commit("b81e0d42", 19, "test: an epoch that ends on a leap second", false),
                        commit("77c0aa19", 31, SampleRun.HOSTILE, true),
                        commit("4410feed", 44, "proof: the ledger knows its epoch", true),
                        commit("0a9b8c7d", 58, "build: one version of the test library", true)),
                false,
                List.of(
                        new FileChange(
                                Kind.MODIFIED,
                                "src/main/java/proof/staking/RewardSplit.java",
                                "",
                                9,
                                6,
                                false),
                        new FileChange(
                                Kind.RENAMED,
                                "src/main/java/proof/staking/EpochLedger.java",
                                "src/main/java/proof/staking/Ledger.java",
                                14,
                                2,
                                false),
                        new FileChange(
                                Kind.ADDED,
                                "src/test/java/proof/staking/LeapSecondTest.java",
                                "",
                                61,
                                0,
                                false),
                        new FileChange(Kind.DELETED, "docs/rounding-old.md", "", 0, 38, false),
                        new FileChange(Kind.ADDED, "docs/epochs.png", "", 0, 0, true),
                        new FileChange(Kind.MODIFIED, SampleRun.HOSTILE, "", 1, 1, false)),
                List.of(
                        new FileChange(Kind.MODIFIED, "build.gradle", "", 1, 1, false),
                        new FileChange(Kind.UNTRACKED, "notes.txt", "", 0, 0, false)),
                true);
    }

    static Look found() {
        return new Look.Found(work(), "https://example.org/proof/pull/77");
    }

    static Forecast forecast() {
        return new Forecast(
                List.of(
                        new Conflict(
                                new IssueId("proof", 21),
                                new IssueId("proof", 32),
                                List.of(
                                        "src/main/java/proof/staking/RewardSplit.java",
                                        "src/main/java/proof/staking/Epoch.java")),
                        new Conflict(
                                new IssueId("proof", 12),
                                new IssueId("proof", 21),
                                List.of("build.gradle"))),
                7,
                List.of());
    }

    static String patch() {
        return """
        diff --git a/src/main/java/proof/staking/RewardSplit.java b/src/main/java/proof/staking/RewardSplit.java
        index 51f2a0c..9d0e7b1 100644
        --- a/src/main/java/proof/staking/RewardSplit.java
        +++ b/src/main/java/proof/staking/RewardSplit.java
        @@ -3,6 +3,6 @@ package proof.staking;
         import java.math.BigDecimal;
        -import java.math.RoundingMode;
        +import java.math.MathContext;
         import java.util.List;
        \s
         /** Splits an epoch’s reward among its validators. */
         final class RewardSplit {
        @@ -41,14 +41,16 @@ final class RewardSplit {
             BigDecimal share(Validator validator, BigDecimal total) {
                 BigDecimal count = BigDecimal.valueOf(validators.size());
                 // The epoch’s total is rounded once, after all shares are known.
        -        return total.divide(count, RoundingMode.DOWN);
        +        return total.divide(count, MathContext.DECIMAL128);
             }
        \s
        -    BigDecimal total(List<BigDecimal> shares) {
        -        return shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        +    /** What all validators get together; exactly the reward of the epoch. */
        +    BigDecimal total(Epoch epoch, List<BigDecimal> shares) {
        +        BigDecimal sum = shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        +        return sum.setScale(epoch.scale(), epoch.rounding()).add(epoch.leapSecond().map(RewardSplit::leapShare).orElse(BigDecimal.ZERO));
             }
        \s
             private static String name(Validator validator) {
         \treturn "\u202Ex" + validator.name();
             }
         }
        diff --git a/docs/epochs.png b/docs/epochs.png
        new file mode 100644
        Binary files /dev/null and b/docs/epochs.png differ
        diff --git a/src/test/java/proof/staking/LeapSecondTest.java b/src/test/java/proof/staking/LeapSecondTest.java
        new file mode 100644
        --- /dev/null
        +++ b/src/test/java/proof/staking/LeapSecondTest.java
        @@ -0,0 +1,12 @@
        +package proof.staking;
        +
        +import static org.assertj.core.api.Assertions.assertThat;
        +
        +import org.junit.jupiter.api.Test;
        +
        +class LeapSecondTest {
        +    @Test
        +    void rewards_are_exact() {
        +        assertThat(Epochs.leap().rewards()).isEqualTo(1_000_000_007L);
        +    }
        +}
        """;
    }
}
