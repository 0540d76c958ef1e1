/**
 * What is to be done, decided from values alone: no I/O, no clock, no randomness, so that any
 * situation can be written down as a test. {@link orchestrator.rules.Decider} is the whole decision
 * table; the rules it is made of are {@link orchestrator.rules.EndRule} (an attempt has ended),
 * {@link orchestrator.rules.LiveRule} (one is running), {@link orchestrator.rules.NextIssue} (a
 * worker is idle). {@link orchestrator.rules.Plan} and {@link orchestrator.rules.Outlook} tell what
 * is to come, {@link orchestrator.rules.Preview} what a {@link orchestrator.rules.Move} would
 * change of it; {@link orchestrator.rules.Timeline} lays what was along a ruler. Times are the
 * caller's {@code now}; numbers in the rules name their source.
 */
@NullMarked
package orchestrator.rules;

import org.jspecify.annotations.NullMarked;
