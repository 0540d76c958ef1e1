package orchestrator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;

/** A project's text with values of several issues changed; everything else stays as it is. */
final class ChangedText {
    private final Path file;
    private final String text;
    private final Map<Integer, Node.Obj> issues;
    private final IssueText places;

    ChangedText(Path file, String text, Node.Obj root) {
        this.file = file;
        this.text = text;
        issues = IssueText.issues(root);
        places = new IssueText(text, root);
    }

    /** Sets values; notes what that changed. */
    String set(Map<IssueId, IssueFields> wanted, List<IssueChange> done) throws BadJson {
        wanted.forEach((id, fields) -> {
            Node.Obj issue = issue(id);
            Map<String, Optional<String>> before = new LinkedHashMap<>();
            Map<String, Optional<String>> after = new LinkedHashMap<>();
            // By name, so that what is added stands in the same order each time.
            for (String key : new TreeSet<>(fields.wanted().keySet())) {
                Optional<String> now = value(issue, key);
                Optional<String> next =
                        fields.wanted().getOrDefault(key, Optional.empty()).map(places::json);
                if (!now.equals(next)) {
                    before.put(key, now);
                    after.put(key, next);
                }
            }
            if (!after.isEmpty()) {
                done.add(new IssueChange(id, before, after));
            }
        });
        return with(done);
    }

    /** Takes changes back; notes what that changed. */
    String revert(List<IssueChange> changes, List<IssueChange> done) throws BadJson {
        for (IssueChange change : changes) {
            Node.Obj issue = issue(change.issue());
            change.after()
                    .forEach((key, expected) -> {
                        Optional<String> now = value(issue, key);
                        if (!now.equals(expected)) {
                            throw new Fault(
                                    "edit-overtaken",
                                    "%s was edited since: its \"%s\" is %s now and was %s then; nothing was put back, edit it by hand."
                                            .formatted(
                                                    change.issue(),
                                                    key,
                                                    told(now),
                                                    told(expected)));
                        }
                    });
            done.add(change.reversed());
        }
        return with(done);
    }

    private static String told(Optional<String> value) {
        return value.map(Quoted::shortened).orElse("not given");
    }

    private Node.Obj issue(IssueId id) {
        return Optional.ofNullable(issues.get(id.number()))
                .orElseThrow(() -> ConfigEditor.unknown(file, id.number()));
    }

    private Optional<String> value(Node.Obj issue, String key) {
        return issue.member(key)
                .map(member -> member.value().span())
                .map(span -> text.substring(span.start(), span.end()));
    }

    /** All at once: each place is known from one look at the text. */
    private String with(List<IssueChange> changes) throws BadJson {
        List<IssueText.Splice> splices = new ArrayList<>();
        for (IssueChange change : changes) {
            Node.Obj issue = issue(change.issue());
            change.after()
                    .forEach((key, value) ->
                            value.ifPresent(json -> splices.add(places.splice(issue, key, json))));
        }
        // From the end, so that the places before keep theirs; of several at one place (keys that
        // are added) the last one first, so that they come to stand in their order.
        splices.sort(Comparator.comparingInt(IssueText.Splice::start));
        StringBuilder changed = new StringBuilder(text);
        splices.reversed()
                .forEach(splice -> changed.replace(splice.start(), splice.end(), splice.text()));
        return without(changed.toString(), changes);
    }

    /** Keys taken out, one by one: neighbours that go share their commas. */
    private String without(String changed, List<IssueChange> changes) throws BadJson {
        String rest = changed;
        for (IssueChange change : changes) {
            for (Map.Entry<String, Optional<String>> value : change.after().entrySet()) {
                if (value.getValue().isEmpty()) {
                    Node.Obj root = ConfigEditor.object(rest);
                    Optional<Node.Obj> issue = IssueText.issue(root, change.issue().number());
                    rest =
                            issue.isEmpty()
                                    ? rest
                                    : IssueText.without(rest, issue.get(), value.getKey());
                }
            }
        }
        return rest;
    }
}
