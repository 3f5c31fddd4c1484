package dev.heliograph.console.desktop.capacity;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.capacity.Plan;
import dev.heliograph.capacity.RedisPlan;
import dev.heliograph.console.capacity.PlanTexts;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The answer, large: relays, money, Redis, and how long storms and drains take.
final class PlanTiles extends HBox {

    private final Tile nodes = new Tile("plan-nodes");
    private final Tile cost = new Tile("plan-cost");
    private final Tile redis = new Tile("plan-redis");
    private final Tile back = new Tile("plan-back");
    private final Tile drain = new Tile("plan-drain");

    PlanTiles() {
        super(12);
        getChildren().addAll(nodes, cost, redis, back, drain);
    }

    /// @param there relays that the cluster has now, if that is known
    void show(Plan plan, String currency, Optional<Integer> there) {
        int failures = plan.demand().failures();
        String relays = text("capacity.nodes", plan.nodes());
        String spare = failures == 0
                ? text("capacity.nodes.no-spare", relays)
                : text("capacity.nodes.spare", relays, failures);
        nodes.show(
                Integer.toString(plan.nodes()),
                there.map(now -> text("capacity.nodes.now", spare, now)).orElse(spare));
        cost.show(
                PlanTexts.money(plan.cost().monthly(), currency),
                text("capacity.cost", plan.cost().hosts()));
        redis.show(
                Integer.toString(plan.redis().map(RedisPlan::shards).orElse(0)),
                plan.redis()
                        .map(each -> text("capacity.redis", each.shards(), each.hosts()))
                        .orElseGet(() -> text("capacity.redis.none")));
        back.show(
                PlanTexts.time(plan.storms().oneLostSeconds()),
                text(plan.nodes() == 1 ? "capacity.back.only" : "capacity.back"));
        drain.show(PlanTexts.time(plan.storms().drainSeconds()), text("capacity.drain"));
    }

    private static final class Tile extends VBox {

        private final Label value = new Label();
        private final Label words = new Label();

        Tile(String id) {
            super(2);
            value.setId(id);
            value.getStyleClass().add(Styles.TITLE_3);
            value.setMinWidth(USE_PREF_SIZE);
            words.setId(id + "-words");
            words.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
            words.setWrapText(true);
            words.setMinHeight(USE_PREF_SIZE);
            getStyleClass().add("plan-tile");
            setPrefWidth(120);
            setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(this, Priority.ALWAYS);
            getChildren().addAll(value, words);
        }

        void show(String figure, String said) {
            value.setText(figure);
            words.setText(said);
        }
    }
}
