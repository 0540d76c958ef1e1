@NullMarked
package orchestrator.model;

import org.jspecify.annotations.NullMarked;
