package orchestrator.config;

import java.util.Set;

/** The keys that mean something, by the object they stand in. */
final class Keys {
    static final Set<String> PROJECT =
            Set.of(
                    "$schema",
                    "project",
                    "repos",
                    "repo",
                    "repo_path",
                    "worktree_base",
                    "branch_prefix",
                    "default_branch",
                    "platform",
                    "setup",
                    "setup_timeout",
                    "copy_files",
                    "tmux_session",
                    "tmux_socket",
                    "state_dir",
                    "num_workers",
                    "cycle_interval",
                    "stagger_delay",
                    "max_retries",
                    "stall_timeout",
                    "wall_clock_timeout",
                    "max_budget_usd",
                    "min_free_disk_mb",
                    "min_free_memory_mb",
                    "compress_logs_after_days",
                    "compress_logs_above_mb",
                    "timings",
                    "pipeline",
                    "gate",
                    "gate_timeout",
                    "open_pull_request",
                    "retry_failed",
                    "on_hold",
                    "project_context",
                    "agent",
                    "issues",
                    "initial_assignments");

    static final Set<String> TIMINGS =
            Set.of(
                    "silent_start",
                    "linger",
                    "unknown_reset",
                    "reset_jitter",
                    "account_probe",
                    "backoff",
                    "longest_backoff");

    static final Set<String> REPO =
            Set.of(
                    "path",
                    "default_branch",
                    "worktree_base",
                    "branch_prefix",
                    "platform",
                    "setup",
                    "setup_timeout",
                    "copy_files");

    static final Set<String> STAGE = Set.of("name", "must_commit", "gate", "agent");

    static final Set<String> CONTEXT =
            Set.of(
                    "language",
                    "build_command",
                    "test_command",
                    "safety_rules",
                    "commit_prefix",
                    "key_files");

    static final Set<String> AGENT = Set.of("type", "path", "model", "args", "env", "scenario");

    static final Set<String> ISSUE =
            Set.of(
                    "number",
                    "title",
                    "description",
                    "priority",
                    "depends_on",
                    "wave",
                    "status",
                    "repo",
                    "task_type",
                    "pipeline_stage",
                    "exclusive",
                    "branch",
                    "max_budget_usd");

    private Keys() {}
}
