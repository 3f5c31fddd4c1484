package dev.heliograph.console.desktop.ui.table;

import javafx.scene.input.KeyEvent;

/// Which key of a live table does what.
final class TableKeys {

    /// What keys are for.
    interface Target {

        int size();

        /// How many rows are in sight.
        int page();

        int cursor();

        void move(int index, boolean range, boolean leave);

        void toggle();

        void all();

        /// Unselects; tells whether anything was selected.
        boolean clear();

        void copy();

        /// Opens the detail; tells whether there was a row.
        boolean open();

        /// Runs an action; tells whether it is the key of one.
        boolean act(KeyEvent event);

        /// To the right, if positive.
        void scroll(double pixels);
    }

    private static final double SCROLL = 60;

    private final Target target;

    TableKeys(Target target) {
        this.target = target;
    }

    void handle(KeyEvent event) {
        if ((isPlain(event) && known(event)) || target.act(event)) {
            event.consume();
        }
    }

    private static boolean isPlain(KeyEvent event) {
        return !event.isAltDown() && !(event.isMetaDown() && !event.isShortcutDown());
    }

    private boolean known(KeyEvent event) {
        int cursor = target.cursor();
        return switch (event.getCode()) {
            case UP -> move(event, Math.max(0, cursor - 1));
            case DOWN -> move(event, cursor + 1);
            case PAGE_UP -> move(event, Math.max(0, cursor - target.page()));
            case PAGE_DOWN -> move(event, cursor + target.page());
            case HOME -> move(event, 0);
            case END -> move(event, target.size() - 1);
            case LEFT -> scroll(-SCROLL);
            case RIGHT -> scroll(SCROLL);
            case SPACE -> {
                target.toggle();
                yield true;
            }
            case ENTER -> !event.isShortcutDown() && !event.isShiftDown() && target.open();
            case ESCAPE -> target.clear();
            case A -> event.isShortcutDown() && !event.isShiftDown() && all();
            case C -> event.isShortcutDown() && !event.isShiftDown() && copy();
            default -> false;
        };
    }

    private boolean move(KeyEvent event, int index) {
        if (target.size() > 0) {
            target.move(index, event.isShiftDown(), event.isShortcutDown());
        }
        return true;
    }

    private boolean scroll(double pixels) {
        target.scroll(pixels);
        return true;
    }

    private boolean all() {
        target.all();
        return true;
    }

    private boolean copy() {
        target.copy();
        return true;
    }
}
