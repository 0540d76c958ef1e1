package orchestrator.model;

/**
 * Which process, beyond doubt: a pid alone is reused.
 *
 * @param startTicks the process's start time as the system counts it: clock ticks since boot from
 *     field 22 of {@code /proc/PID/stat} on Linux, epoch seconds elsewhere
 * @param bootId the kernel's boot id, or {@code none} where there is none
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {}
