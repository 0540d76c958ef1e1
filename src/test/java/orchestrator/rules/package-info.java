@NullMarked
package orchestrator.rules;

import org.jspecify.annotations.NullMarked;
