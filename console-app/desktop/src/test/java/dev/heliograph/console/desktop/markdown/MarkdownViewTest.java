package dev.heliograph.console.desktop.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.UiTest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Link;
import org.junit.jupiter.api.Test;

final class MarkdownViewTest extends UiTest {

    private static final String TEXT = """
            # A network floods us

            Far **more** connections than `limit` come from *one* network. Read [the page](https://example.org/limits), or
            [ban it](step:ban) at once.

            ## Impact

            | who | notices |
            |---|---|
            | clients of that network | refused handshakes (`429`), later a ban, and this cell is so long that it has to be wrapped in its column |
            | everybody else | slower connects |

            - one
            - two, with
              1. a list
              2. of numbers
            - three

            > Ask before you ban.

            ```yaml
            admin:
              enabled: true
            ```

            ```step
            id: ban
            ```

            <b>HTML</b> is text.
            """;

    private final List<String> opened = new CopyOnWriteArrayList<>();

    private final Embeds embeds = new Embeds() {
        @Override
        public Optional<Node> block(FencedCodeBlock block) {
            return "step".equals(block.getInfo()) ? Optional.of(new Button("A step")) : Optional.empty();
        }

        @Override
        public Optional<Node> inline(Link link, String text) {
            return link.getDestination().startsWith("step:") ? Optional.of(new Button(text)) : Optional.empty();
        }

        @Override
        public void open(String destination) {
            opened.add(destination);
        }
    };

    @Test
    void linksAreOpenedAndPlacesAreFilled() {
        show(() -> new MarkdownView(TEXT, embeds));
        clickText("the page");
        assertThat(opened).containsExactly("https://example.org/limits");
        assertThat(isTextShown("ban it")).isTrue();
        assertThat(isTextShown("A step")).isTrue();
        assertThat(isTextShown("<b>")).isTrue();
        assertThat(isTextShown("**")).isFalse();
    }

    @Test
    void looksAsAccepted() {
        GoldenPicture.check("markdown", 640, 720, () -> {
            StackPane pane = new StackPane(new MarkdownView(TEXT, embeds));
            pane.setStyle("-fx-padding: 16; -fx-background-color: -color-bg-default; -fx-alignment: top-left");
            return pane;
        });
    }
}
