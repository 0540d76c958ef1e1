package orchestrator.model;

/**
 * What must be left on the machine for another attempt to be started. Attempts that run are never
 * touched for it.
 *
 * @param diskMb free disk in MiB where worktrees and state are kept; 0: not looked at
 * @param memoryMb available memory in MiB; 0: not looked at
 */
public record Floors(long diskMb, long memoryMb) {
    /** 1 GiB of disk, 512 MiB of memory: below that a machine fails in ways no agent mends. */
    public static final Floors DEFAULT = new Floors(1024, 512);
}
