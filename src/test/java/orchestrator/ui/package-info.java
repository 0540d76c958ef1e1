/** The window, driven as a person would, over a scripted run control. */
@NullMarked
package orchestrator.ui;

import org.jspecify.annotations.NullMarked;
