/** What the pure core costs, measured with JMH. */
@NullMarked
package orchestrator.bench;

import org.jspecify.annotations.NullMarked;
