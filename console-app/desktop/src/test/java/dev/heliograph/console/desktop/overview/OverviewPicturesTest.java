package dev.heliograph.console.desktop.overview;

import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.overview.OverviewModel;
import dev.heliograph.console.overview.Range;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverviewPicturesTest {

    /// As wide as the page is in a window of 1280 by 800, and high enough for all of it.
    private static final int WIDTH = 1100;

    private static final int HEIGHT = 1_320;

    private final PastCluster cluster = new PastCluster();
    private final OverviewModel model = cluster.model();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void check(String name, int height) {
        GoldenPicture.check(name, WIDTH, height, () -> new OverviewPage(model, _ -> {}, cluster.clock()).view());
    }

    private void await(Range range, boolean byNode) {
        model.range(range);
        model.byNode(byNode);
        model.looked(true);
        Awaitility.await().until(() -> {
            var charts = model.charts().get();
            return charts.range() == range
                    && charts.byNode() == byNode
                    && !charts.lines().isEmpty();
        });
    }

    @Test
    void theCluster() {
        cluster.live();
        await(Range.M10, false);
        check("overview-cluster", HEIGHT);
    }

    @Test
    void theNodesForAnHour() {
        cluster.live();
        await(Range.H1, true);
        check("overview-nodes", HEIGHT);
    }

    @Test
    void theClusterIsAway() {
        cluster.live();
        await(Range.M1, false);
        cluster.interrupt("No node of the cluster answers. The console keeps trying.");
        check("overview-away", 740);
    }

    @Test
    void nothingIsKnownYet() {
        cluster.interrupt("No node of the cluster answers. The console keeps trying.");
        check("overview-failed", 740);
    }
}
