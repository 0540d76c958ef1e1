package orchestrator.ui.board;

import orchestrator.rules.WaveBounds.Bound;
import orchestrator.rules.WaveBounds.Refusal;
import orchestrator.ui.fx.Texts;

/** Why a wave refuses cards, in words. */
final class Refusals {
    private Refusals() {}

    static String text(Texts texts, Refusal refusal) {
        return switch (refusal) {
            case Refusal.BeforeDependency(Bound bound) ->
                    texts.get(
                            "move.before-dependency",
                            bound.moved(),
                            bound.other(),
                            Integer.toString(bound.wave()));
            case Refusal.AfterDependent(Bound bound) ->
                    texts.get(
                            "move.after-dependent",
                            bound.other(),
                            bound.moved(),
                            Integer.toString(bound.wave()));
            case Refusal.NoSuchWave(int wave) -> texts.get("move.no-wave", Integer.toString(wave));
        };
    }
}
