package dev.heliograph.console.desktop.markdown;

import java.util.Optional;
import javafx.scene.Node;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Link;

/// What a page shows in the place of parts of a text. On JavaFX's thread.
public interface Embeds {

    /// What stands for a fenced block; empty for one that is shown as it is.
    default Optional<Node> block(FencedCodeBlock block) {
        return Optional.empty();
    }

    /// What stands for a link in a line of text; empty for one that is a link.
    ///
    /// @param text of the link
    default Optional<Node> inline(Link link, String text) {
        return Optional.empty();
    }

    /// A link was clicked.
    default void open(String destination) {}
}
