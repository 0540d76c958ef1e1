package orchestrator.model;

/**
 * What is to be done: the event to record, and why. An event that is an intent ({@link
 * Event.Intent}) is acted upon once it is on disk; any other is done by being recorded.
 */
public record Decision(Event event, Why why) {}
