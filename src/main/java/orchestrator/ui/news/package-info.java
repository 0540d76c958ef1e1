/**
 * What happened while nobody looked: issues that were completed, failed or parked, a limit that was
 * reached, a run that is done. {@link orchestrator.ui.news.NewsModel} finds it by comparing one
 * snapshot with the next, so it is the same whichever process holds the monitor; {@link
 * orchestrator.ui.news.NewsBell} lists it in the window, and tells the desktop while the window is
 * not looked at.
 */
@NullMarked
package orchestrator.ui.news;

import org.jspecify.annotations.NullMarked;
