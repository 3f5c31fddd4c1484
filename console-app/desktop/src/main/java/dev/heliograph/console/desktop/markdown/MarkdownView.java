package dev.heliograph.console.desktop.markdown;

import dev.heliograph.console.desktop.ui.Fx;
import java.util.List;
import java.util.Objects;
import javafx.scene.layout.VBox;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/// A text in Markdown: headings, paragraphs, lists, tables, code, quotations, emphasis and links; HTML is shown as it
/// is
/// written. It is as wide as its parent lets it, and wraps. On JavaFX's thread.
public final class MarkdownView extends VBox {

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private static final String STYLESHEET = Objects.requireNonNull(
                    MarkdownView.class.getResource("markdown.css"), "markdown.css")
            .toExternalForm();

    /// @param document is not changed
    public MarkdownView(Node document, Embeds embeds) {
        Fx.checkThread();
        getStyleClass().add("markdown");
        getChildren().setAll(new Blocks(embeds).of(document));
    }

    public MarkdownView(String text, Embeds embeds) {
        this(PARSER.parse(text), embeds);
    }

    @Override
    public String getUserAgentStylesheet() {
        return STYLESHEET;
    }
}
