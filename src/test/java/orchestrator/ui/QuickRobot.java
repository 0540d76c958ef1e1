package orchestrator.ui;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.testfx.api.FxRobot;
import org.testfx.robot.BaseRobot;
import org.testfx.robot.ClickRobot;
import org.testfx.robot.DragRobot;
import org.testfx.robot.KeyboardRobot;
import org.testfx.robot.Motion;
import org.testfx.robot.MouseRobot;
import org.testfx.robot.MoveRobot;
import org.testfx.robot.SleepRobot;
import org.testfx.robot.TypeRobot;
import org.testfx.robot.WriteRobot;
import org.testfx.robot.impl.ClickRobotImpl;
import org.testfx.robot.impl.DragRobotImpl;
import org.testfx.robot.impl.TypeRobotImpl;
import org.testfx.robot.impl.WriteRobotImpl;
import org.testfx.service.query.PointQuery;

/**
 * A robot for a platform without a screen. TestFX's own moves the mouse in up to two hundred steps
 * of a millisecond and rests for five times ten after each key and button, because a real display
 * answers when it likes. Without one, an event is dealt with once the FX thread has had its turn:
 * this robot waits for that, and for nothing else.
 */
final class QuickRobot extends FxRobot {
    private static final SleepRobot AWAKE =
            new SleepRobot() {
                @Override
                public void sleep(long milliseconds) {}

                @Override
                public void sleep(long duration, TimeUnit unit) {}
            };

    private final KeyboardRobot keys = new Keys(robotContext().getBaseRobot());
    private final MouseRobot mouse = new Mouse(robotContext().getBaseRobot());
    private final MoveRobot mover = new Mover(mouse, robotContext().getBaseRobot());
    private final ClickRobot clicker = new ClickRobotImpl(mouse, mover, AWAKE);
    private final DragRobot dragger = new DragRobotImpl(mouse, mover);
    private final TypeRobot typist = new TypeRobotImpl(keys, AWAKE);
    private final WriteRobot writer =
            new WriteRobotImpl(
                    robotContext().getBaseRobot(), AWAKE, robotContext().getWindowFinder());

    private QuickRobot() {}

    /** Quick where there is no screen, and TestFX's own on a display. */
    static FxRobot ofThisPlatform() {
        return isWithoutScreen() ? new QuickRobot() : new FxRobot();
    }

    static boolean isWithoutScreen() {
        return "Monocle".equals(System.getProperty("glass.platform"));
    }

    /** Until what was sent was dealt with, and what that put off. */
    private static void settle() {
        try {
            for (int turn = 0; turn < 3; turn++) {
                var _ = WindowHands.fx(() -> true);
            }
        } catch (Exception failure) {
            throw new AssertionError("the FX thread does not answer", failure);
        }
    }

    // ── Keys ────────────────────────────────────────────────────────────────────────

    private static final class Keys implements KeyboardRobot {
        private final BaseRobot base;
        private final Set<KeyCode> down = EnumSet.noneOf(KeyCode.class);

        Keys(BaseRobot base) {
            this.base = base;
        }

        @Override
        public void press(KeyCode... codes) {
            pressNoWait(codes);
            settle();
        }

        @Override
        public void pressNoWait(KeyCode... codes) {
            for (KeyCode code : codes) {
                base.pressKeyboard(code);
                down.add(code);
            }
        }

        @Override
        public Set<KeyCode> getPressedKeys() {
            return Set.copyOf(down);
        }

        @Override
        public void release(KeyCode... codes) {
            releaseNoWait(codes);
            settle();
        }

        @Override
        public void releaseNoWait(KeyCode... codes) {
            for (KeyCode code :
                    codes.length == 0 ? List.copyOf(down).toArray(KeyCode[]::new) : codes) {
                base.releaseKeyboard(code);
                down.remove(code);
            }
        }
    }

    @Override
    public FxRobot press(KeyCode... codes) {
        keys.press(codes);
        return this;
    }

    @Override
    public FxRobot release(KeyCode... codes) {
        keys.release(codes);
        return this;
    }

    @Override
    public FxRobot type(KeyCode... codes) {
        typist.type(codes);
        return this;
    }

    @Override
    public FxRobot type(KeyCode code, int times) {
        typist.type(code, times);
        return this;
    }

    @Override
    public FxRobot push(KeyCode... combination) {
        typist.push(combination);
        return this;
    }

    @Override
    public FxRobot write(String text) {
        return write(text, 0);
    }

    @Override
    public FxRobot write(String text, int milliseconds) {
        writer.write(text, 0);
        settle();
        return this;
    }

    // ── Mouse ───────────────────────────────────────────────────────────────────────

    private static final class Mouse implements MouseRobot {
        private final BaseRobot base;
        private final Set<MouseButton> down = EnumSet.noneOf(MouseButton.class);

        Mouse(BaseRobot base) {
            this.base = base;
        }

        @Override
        public void press(MouseButton... buttons) {
            pressNoWait(buttons);
            settle();
        }

        @Override
        public void pressNoWait(MouseButton... buttons) {
            for (MouseButton button : orPrimary(buttons)) {
                base.pressMouse(button);
                down.add(button);
            }
        }

        private static MouseButton[] orPrimary(MouseButton... buttons) {
            return buttons.length == 0 ? new MouseButton[] {MouseButton.PRIMARY} : buttons;
        }

        @Override
        public Set<MouseButton> getPressedButtons() {
            return Set.copyOf(down);
        }

        @Override
        public void release(MouseButton... buttons) {
            releaseNoWait(buttons);
            settle();
        }

        @Override
        public void releaseNoWait(MouseButton... buttons) {
            for (MouseButton button :
                    buttons.length == 0 ? List.copyOf(down).toArray(MouseButton[]::new) : buttons) {
                base.releaseMouse(button);
                down.remove(button);
            }
        }

        @Override
        public void move(Point2D location) {
            moveNoWait(location);
            settle();
        }

        @Override
        public void moveNoWait(Point2D location) {
            base.moveMouse(location);
        }

        @Override
        public void scroll(int amount) {
            scrollNoWait(amount);
            settle();
        }

        @Override
        public void scrollNoWait(int amount) {
            base.scrollMouse(amount);
        }
    }

    /** In a few steps, as a hand comes by what lies on its way. */
    private static final class Mover implements MoveRobot {
        private static final int STEPS = 4;
        private final MouseRobot mouse;
        private final BaseRobot base;

        Mover(MouseRobot mouse, BaseRobot base) {
            this.mouse = mouse;
            this.base = base;
        }

        @Override
        public void moveTo(PointQuery query, Motion motion) {
            go(query.query());
            Point2D now = query.query(); // what is aimed at may have moved under the mouse
            if (!now.equals(base.retrieveMouse())) {
                mouse.move(now);
            }
        }

        @Override
        public void moveBy(double x, double y, Motion motion) {
            go(base.retrieveMouse().add(x, y));
        }

        private void go(Point2D target) {
            Point2D from = base.retrieveMouse();
            for (int step = 1; step < STEPS; step++) {
                mouse.move(from.interpolate(target, (double) step / STEPS));
            }
            mouse.move(target);
        }
    }

    @Override
    public FxRobot press(MouseButton... buttons) {
        mouse.press(buttons);
        return this;
    }

    @Override
    public FxRobot release(MouseButton... buttons) {
        mouse.release(buttons);
        return this;
    }

    @Override
    public FxRobot moveTo(PointQuery query, Motion motion) {
        mover.moveTo(query, motion);
        return this;
    }

    @Override
    public FxRobot moveBy(double x, double y, Motion motion) {
        mover.moveBy(x, y, motion);
        return this;
    }

    @Override
    public FxRobot clickOn(MouseButton... buttons) {
        clicker.clickOn(buttons);
        return this;
    }

    @Override
    public FxRobot clickOn(PointQuery query, Motion motion, MouseButton... buttons) {
        clicker.clickOn(query, motion, buttons);
        return this;
    }

    @Override
    public FxRobot doubleClickOn(MouseButton... buttons) {
        clicker.doubleClickOn(buttons);
        return this;
    }

    @Override
    public FxRobot doubleClickOn(PointQuery query, Motion motion, MouseButton... buttons) {
        clicker.doubleClickOn(query, motion, buttons);
        return this;
    }

    @Override
    public FxRobot drag(MouseButton... buttons) {
        dragger.drag(buttons);
        return this;
    }

    @Override
    public FxRobot drop() {
        dragger.drop();
        return this;
    }
}
