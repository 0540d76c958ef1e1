package orchestrator.config;

/** A value and where it stands. */
record At<T>(T value, Node.Span span) {}
