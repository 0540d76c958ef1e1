package orchestrator.ui.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import orchestrator.ui.SampleRun;
import orchestrator.ui.WindowHands;
import orchestrator.ui.fx.Texts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

/** What is under the mouse while cards are dragged. */
class CardPictureTest {
    @BeforeAll
    static void start() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void the_picture_of_several_cards_tells_their_number() throws Exception {
        CardView card = WindowHands.fx(CardPictureTest::card);
        WritableImage one = WindowHands.fx(() -> card.picture(1));
        WritableImage three = WindowHands.fx(() -> card.picture(3));
        WritableImage four = WindowHands.fx(() -> card.picture(4));
        WritableImage oneAgain = WindowHands.fx(() -> card.picture(1));

        assertThat(three.getWidth()).isEqualTo(one.getWidth());
        assertThat(three.getHeight()).isEqualTo(one.getHeight());
        assertThat(different(one, three)).as("the words “3 cards”").isGreaterThan(40);
        assertThat(different(three, four)).as("one digit").isBetween(1, different(one, three));
        assertThat(different(one, oneAgain)).as("it is gone afterwards").isZero();
    }

    private static CardView card() {
        CardView card = new CardView(new Texts(), _ -> {});
        card.show(Optional.of(new CardModel(SampleRun.issue(34, 3, "Builds").view())));
        card.setPrefWidth(300);
        new Scene(new StackPane(card), 300, 200);
        card.applyCss();
        card.getParent().layout();
        return card;
    }

    private static int different(WritableImage one, WritableImage other) {
        int pixels = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                if (one.getPixelReader().getArgb(x, y) != other.getPixelReader().getArgb(x, y)) {
                    pixels++;
                }
            }
        }
        return pixels;
    }
}
