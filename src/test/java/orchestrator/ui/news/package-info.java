/** Tests of the news. */
@NullMarked
package orchestrator.ui.news;

import org.jspecify.annotations.NullMarked;
