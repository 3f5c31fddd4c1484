package dev.heliograph.console.desktop.testing;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.text.Text;

/// Finds texts that have not the room that they need and end in dots instead, without a tooltip that has all of it. The
/// cells of the live tables always have one.
final class Cuts {

    private Cuts() {}

    /// The whole text of each that is in sight and cut off. On JavaFX's thread.
    static List<String> in(Parent root) {
        List<String> cut = new ArrayList<>();
        search(root, cut);
        return cut;
    }

    private static void search(Node node, List<String> cut) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Labeled labeled && isCut(labeled)) {
            cut.add(labeled.getText());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> search(child, cut));
        }
    }

    private static boolean isCut(Labeled labeled) {
        String whole = labeled.getText();
        return whole != null
                && labeled.getTooltip() == null
                && !(labeled instanceof TableCell)
                && labeled.getChildrenUnmodifiable().stream()
                        .filter(Text.class::isInstance)
                        .map(child -> ((Text) child).getText())
                        .anyMatch(shown -> !shown.equals(whole) && (shown.contains("...") || shown.isEmpty()));
    }
}
