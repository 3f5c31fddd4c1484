package dev.heliograph.console.desktop.markdown;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;

/// Makes a flow of text of the inlines of a block.
final class Inlines {

    private final Embeds embeds;

    Inlines(Embeds embeds) {
        this.embeds = embeds;
    }

    TextFlow flow(org.commonmark.node.Node block) {
        TextFlow flow = new TextFlow();
        flow.getStyleClass().add("flow");
        new Walk(flow.getChildren(), List.of()).children(block);
        return flow;
    }

    private static String text(org.commonmark.node.Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(org.commonmark.node.Text each) {
                text.append(each.getLiteral());
            }

            @Override
            public void visit(Code each) {
                text.append(each.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak each) {
                text.append(' ');
            }
        });
        return text.toString();
    }

    private final class Walk extends AbstractVisitor {

        private final List<Node> out;
        private final List<String> styles;

        Walk(List<Node> out, List<String> styles) {
            this.out = out;
            this.styles = styles;
        }

        void children(org.commonmark.node.Node parent) {
            visitChildren(parent);
        }

        private void styled(org.commonmark.node.Node node, String style) {
            List<String> more = new ArrayList<>(styles);
            more.add(style);
            new Walk(out, more).children(node);
        }

        private void add(String literal) {
            Text text = new Text(literal);
            text.getStyleClass().add("words");
            text.getStyleClass().addAll(styles);
            out.add(text);
        }

        @Override
        public void visit(org.commonmark.node.Text node) {
            add(node.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak node) {
            add(" ");
        }

        @Override
        public void visit(HardLineBreak node) {
            add("\n");
        }

        @Override
        public void visit(HtmlInline node) {
            add(node.getLiteral());
        }

        @Override
        public void visit(Emphasis node) {
            styled(node, "emphasis");
        }

        @Override
        public void visit(StrongEmphasis node) {
            styled(node, "strong");
        }

        @Override
        public void visit(Code node) {
            Label label = new Label(node.getLiteral());
            label.getStyleClass().addAll("code", "mono");
            out.add(label);
        }

        @Override
        public void visit(Link node) {
            String text = text(node);
            out.add(embeds.inline(node, text).orElseGet(() -> {
                Hyperlink link = new Hyperlink(text);
                link.setOnAction(_ -> {
                    link.setVisited(false);
                    embeds.open(node.getDestination());
                });
                return link;
            }));
        }
    }
}
