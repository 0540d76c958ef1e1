package orchestrator.git;

import java.util.regex.Pattern;
import orchestrator.model.Fault;

/** Names of commits. Nothing else is handed to git where it takes a commit. */
final class Oids {
    private static final Pattern OID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private Oids() {}

    static boolean isOid(String text) {
        return OID.matcher(text).matches();
    }

    static String require(String text, String role) {
        if (!isOid(text)) {
            throw new Fault(
                    "not-a-commit", "The " + role + " \"" + text + "\" is no full commit name.");
        }
        return text;
    }
}
