package orchestrator.ui;

import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import orchestrator.model.IssueId;
import orchestrator.monitor.RunControl;
import orchestrator.ui.fx.Actions;
import orchestrator.ui.fx.Memory;
import orchestrator.ui.fx.Navigator;
import orchestrator.ui.fx.Notices;
import orchestrator.ui.fx.Overlay;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Preferences;
import orchestrator.ui.fx.Tabs;
import orchestrator.ui.fx.Texts;

/** What a feature is given where it stands alone; the ways it is sent are only written down. */
final class PartsOfTest {
    private PartsOfTest() {}

    static Parts of(RunControl control, List<String> ways) {
        return new Parts(
                control,
                new Texts(),
                new Actions(),
                new Overlay(),
                new Notices(),
                new NoTabs(),
                new Ways(ways),
                new BriefMemory(),
                new Preferences(),
                () -> SampleRun.NOW,
                ZoneOffset.UTC);
    }

    private static final class NoTabs implements Tabs {
        @Override
        public void open(String id, Supplier<Part> make) {
            throw new AssertionError("opened " + id);
        }

        @Override
        public void rename(String id, String title) {
            throw new AssertionError("renamed " + id);
        }

        @Override
        public void close(String id) {
            throw new AssertionError("closed " + id);
        }
    }

    private record Ways(List<String> asked) implements Navigator {
        @Override
        public void showWorker(int worker) {
            asked.add("worker " + worker);
        }

        @Override
        public void showIssue(IssueId issue) {
            asked.add("issue " + issue);
        }

        @Override
        public void showLog(IssueId issue, int attempt) {
            asked.add("log " + issue + " " + attempt);
        }

        @Override
        public void showChanges(IssueId issue) {
            asked.add("changes " + issue);
        }

        @Override
        public void attach(int worker) {
            asked.add("attach " + worker);
        }
    }

    /** Remembers for as long as it is there. */
    private static final class BriefMemory implements Memory {
        private final java.util.Map<String, String> values = new java.util.HashMap<>();

        @Override
        public java.util.Optional<String> get(String name) {
            return java.util.Optional.ofNullable(values.get(name));
        }

        @Override
        public void put(String name, String value) {
            values.put(name, value);
        }
    }
}
