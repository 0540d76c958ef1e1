package orchestrator.git;

import java.util.ArrayList;
import java.util.List;

/** Who our own commits are by: the user as configured, or Orchestrator where nothing is. */
final class Identity {
    private Identity() {}

    /** The call with a name and an address for whichever of them the user has not set. */
    static GitCall onto(GitCall call) {
        List<String> missing = new ArrayList<>();
        if (call.reading().maybe("config", "--get", "user.name").isEmpty()) {
            missing.add("user.name=Orchestrator");
        }
        if (call.reading().maybe("config", "--get", "user.email").isEmpty()) {
            missing.add("user.email=orchestrator@localhost");
        }
        return call.config(missing.toArray(String[]::new));
    }
}
