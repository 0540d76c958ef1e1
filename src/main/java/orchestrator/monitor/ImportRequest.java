package orchestrator.monitor;

import java.util.List;
import java.util.OptionalInt;
import orchestrator.forge.IssueList;

/**
 * Which issues are to be imported, and how.
 *
 * @param numbers of issues of the repository
 * @param epic the issue whose task list names issues, their order and what they depend on
 * @param search other issues; an empty one finds none
 * @param wave the wave of all of them; empty: the list's, or by what they depend on
 * @param withTexts whether their texts are written into the file; otherwise each is read from the
 *     platform as its work begins
 * @param update whether issues that are defined get the title they have now, and the text where the
 *     file has one
 * @param ignoreMissing whether an issue may be begun before open ones that it waits for, when those
 *     are neither defined nor imported
 */
public record ImportRequest(
        List<Integer> numbers,
        OptionalInt epic,
        IssueList.Search search,
        OptionalInt wave,
        boolean withTexts,
        boolean update,
        boolean ignoreMissing) {
    public ImportRequest {
        numbers = List.copyOf(numbers);
    }
}
