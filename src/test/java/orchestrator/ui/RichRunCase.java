package orchestrator.ui;

/** A window over the sample of a run with eight workers and twenty issues. */
abstract class RichRunCase extends WindowCase {
    @Override
    void begin() throws Exception {
        script();
        window.control.snapshot.set(SampleRun.rich(""));
        window.untilSeen("#workers-table", "Shard the cache");
    }

    /** What the run answers, before anything is shown. */
    void script() {}
}
