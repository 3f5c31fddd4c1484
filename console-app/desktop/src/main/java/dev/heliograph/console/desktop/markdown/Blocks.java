package dev.heliograph.console.desktop.markdown;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextFlow;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/// Makes nodes of blocks.
final class Blocks {

    private static final int SMALLEST_HEADING = 4;
    private static final double BULLET_WIDTH = 22;
    private static final double GAP = 6;

    private final Embeds embeds;
    private final Inlines inlines;

    Blocks(Embeds embeds) {
        this.embeds = embeds;
        this.inlines = new Inlines(embeds);
    }

    /// Those of all children.
    List<Node> of(org.commonmark.node.Node parent) {
        List<Node> nodes = new ArrayList<>();
        for (org.commonmark.node.Node each = parent.getFirstChild(); each != null; each = each.getNext()) {
            if (!(each instanceof LinkReferenceDefinition)) {
                nodes.add(block(each));
            }
        }
        return nodes;
    }

    private Node block(org.commonmark.node.Node block) {
        return switch (block) {
            case Heading heading -> {
                TextFlow flow = inlines.flow(heading);
                flow.getStyleClass().add("h" + Math.min(heading.getLevel(), SMALLEST_HEADING));
                yield flow;
            }
            case Paragraph paragraph -> inlines.flow(paragraph);
            case FencedCodeBlock code -> embeds.block(code).orElseGet(() -> code(code.getLiteral()));
            case IndentedCodeBlock code -> code(code.getLiteral());
            case HtmlBlock html -> code(html.getLiteral());
            case BulletList list -> list(list, -1);
            case OrderedList list -> {
                Integer first = list.getMarkerStartNumber();
                yield list(list, first == null ? 1 : first);
            }
            case BlockQuote quote -> {
                VBox box = new VBox(GAP);
                box.getStyleClass().add("quote");
                box.getChildren().setAll(of(quote));
                yield box;
            }
            case ThematicBreak _ -> new Separator();
            case TableBlock table -> table(table);
            default -> new VBox(GAP, of(block).toArray(Node[]::new));
        };
    }

    private static Label code(String literal) {
        Label label = new Label(literal.stripTrailing());
        label.getStyleClass().addAll("code-block", "mono");
        label.setMaxWidth(Double.MAX_VALUE);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setWrapText(true);
        return label;
    }

    /// @param first number of an ordered list; negative for bullets
    private VBox list(org.commonmark.node.Node list, int first) {
        VBox box = new VBox(GAP);
        box.getStyleClass().add("md-list");
        int number = first;
        for (org.commonmark.node.Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            Label bullet = new Label(number < 0 ? "•" : number++ + ".");
            bullet.setMinWidth(BULLET_WIDTH);
            VBox content = new VBox(GAP);
            content.getChildren().setAll(of(item));
            HBox.setHgrow(content, Priority.ALWAYS);
            box.getChildren().add(new HBox(bullet, content));
        }
        return box;
    }

    private GridPane table(TableBlock table) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("md-table");
        int rows = 0;
        int columns = 0;
        for (org.commonmark.node.Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (org.commonmark.node.Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                if (row instanceof TableRow) {
                    columns = Math.max(columns, row(grid, row, rows));
                    rows++;
                }
            }
        }
        for (int i = 0; i < columns; i++) {
            ColumnConstraints constraints = new ColumnConstraints();
            constraints.setHgrow(i == columns - 1 ? Priority.ALWAYS : Priority.SOMETIMES);
            constraints.setMinWidth(i == columns - 1 ? 0 : Region.USE_PREF_SIZE);
            grid.getColumnConstraints().add(constraints);
        }
        return grid;
    }

    /// @return how many cells it has
    private int row(GridPane grid, org.commonmark.node.Node row, int index) {
        int column = 0;
        for (org.commonmark.node.Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            if (cell instanceof TableCell tableCell) {
                TextFlow flow = inlines.flow(tableCell);
                flow.getStyleClass().add(tableCell.isHeader() ? "md-header" : "md-cell");
                GridPane.setValignment(flow, VPos.TOP);
                grid.add(flow, column++, index);
            }
        }
        return column;
    }
}
