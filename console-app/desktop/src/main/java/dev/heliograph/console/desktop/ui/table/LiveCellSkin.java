package dev.heliograph.console.desktop.ui.table;

import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.SkinBase;
import javafx.scene.text.Text;

/// Draws the text of a cell, or its graphic. With JavaFX's own skin each other text takes the text's node out and in
/// again, which costs a style and a layout of the whole row; this one changes the node, and nobody else hears of it.
final class LiveCellSkin extends SkinBase<LiveCell<?, ?>> {

    private static final String ELLIPSIS = "…";

    private final Text text = new Text();
    private double left;
    private double top;
    private double width = -1;
    private double height;
    private boolean cut;

    LiveCellSkin(LiveCell<?, ?> cell) {
        super(cell);
        text.setManaged(false);
        text.setTextOrigin(VPos.TOP);
        text.getStyleClass().add("text");
        text.fontProperty().bind(cell.fontProperty());
        text.fillProperty().bind(cell.textFillProperty());
        getChildren().add(text);
        registerChangeListener(cell.textProperty(), _ -> place());
        registerChangeListener(cell.fontProperty(), _ -> place());
        registerChangeListener(cell.graphicProperty(), _ -> replaceGraphic());
        replaceGraphic();
    }

    private void replaceGraphic() {
        Node graphic = getSkinnable().getGraphic();
        if (graphic == null) {
            getChildren().setAll(text);
        } else {
            getChildren().setAll(text, graphic);
        }
        getSkinnable().requestLayout();
    }

    @Override
    protected void layoutChildren(double x, double y, double w, double h) {
        left = x;
        top = y;
        width = w;
        height = h;
        place();
        Node graphic = getSkinnable().getGraphic();
        if (graphic != null) {
            HPos side = getSkinnable().getAlignment().getHpos();
            layoutInArea(graphic, x, y, w, h, 0, null, false, false, side, VPos.CENTER);
        }
    }

    private void place() {
        String full = getSkinnable().getText();
        text.setText(full == null ? "" : full);
        cut = false;
        if (width < 0 || full == null || full.isEmpty()) {
            return;
        }
        double needed = text.getLayoutBounds().getWidth();
        if (needed > width) {
            needed = shorten(full);
            cut = true;
        }
        double room = getSkinnable().getAlignment().getHpos() == HPos.RIGHT ? width - needed : 0;
        text.setX(Math.floor(left + Math.max(0, room)));
        text.setY(Math.floor(top + (height - text.getLayoutBounds().getHeight()) / 2));
    }

    /// Whether there is more to the text than is drawn.
    boolean isCut() {
        return cut;
    }

    /// As much as has room: of words the beginning; of ids, addresses and channels both ends, since they differ at the
    /// end
    /// as often as at the beginning.
    private double shorten(String full) {
        int fits = 0;
        int tooLong = full.length();
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            text.setText(ends(full, middle));
            if (text.getLayoutBounds().getWidth() <= width) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        text.setText(ends(full, fits));
        return text.getLayoutBounds().getWidth();
    }

    private static String ends(String full, int kept) {
        int head = full.indexOf(' ') >= 0 ? kept : (kept + 1) / 2;
        return full.substring(0, head) + ELLIPSIS + full.substring(full.length() - (kept - head));
    }

    @Override
    protected double computePrefWidth(double h, double up, double right, double down, double start) {
        Node graphic = getSkinnable().getGraphic();
        Text whole = new Text(getSkinnable().getText());
        whole.setFont(text.getFont());
        double content = graphic == null ? whole.getLayoutBounds().getWidth() : graphic.prefWidth(-1);
        return start + Math.ceil(content) + right;
    }

    @Override
    protected double computePrefHeight(double w, double up, double right, double down, double start) {
        return up + text.getLayoutBounds().getHeight() + down;
    }
}
