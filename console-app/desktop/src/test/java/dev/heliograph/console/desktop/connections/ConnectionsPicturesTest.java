package dev.heliograph.console.desktop.connections;

import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.connections.ConnectionsModel;
import dev.heliograph.console.connections.GroupBy;
import dev.heliograph.console.connections.Measure;
import dev.heliograph.console.connections.SavedViews;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.Toolkit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsPicturesTest {

    /// As wide as the page is in a window of 1280 by 800.
    private static final int WIDTH = 1100;

    private static final int HEIGHT = 740;

    private final ScriptedCluster cluster = new ScriptedCluster();
    private final ConnectionsModel model = new ConnectionsModel(cluster.workspace(), SavedViews.inMemory());

    @AfterEach
    void close() {
        model.close();
    }

    private void check(String name, Predicate<ConnectionsModel> ready, Consumer<ConnectionsPage> then) {
        model.shown();
        Awaitility.await().until(() -> ready.test(model));
        GoldenPicture.check(name, WIDTH, HEIGHT, () -> {
            ConnectionsPage page =
                    new ConnectionsPage(model, new FakeCommander(), Toolkit.CLOCK, Optional.empty(), _ -> {});
            then.accept(page);
            return page.view();
        });
    }

    private static boolean isListed(ConnectionsModel model) {
        return model.list().rows().get().list().size() == 60
                && !model.list().state().get().loading();
    }

    private static void act(ConnectionsPage page, String action) {
        page.actions().stream()
                .filter(each -> each.id().equals(action))
                .findFirst()
                .orElseThrow()
                .run()
                .run();
    }

    @Test
    void theList() {
        model.list().ask("order by queue desc");
        check("connections-list", ConnectionsPicturesTest::isListed, _ -> {});
    }

    @Test
    void theGroups() {
        model.groups().ask(GroupBy.NETWORK, Measure.IN_RATE, "");
        model.group(true);
        check("connections-groups", ready -> ready.groups().rows().get().list().size() == 4, _ -> {});
    }

    @Test
    void oneInDetail() {
        model.detail().open("c0ffee03-6a1e-4b3f-9d55-0242ac120003");
        check(
                "connections-detail",
                ready -> isListed(ready) && ready.detail().state().get().view().isPresent(),
                ConnectionsPage::openDetail);
    }

    @Test
    void disconnecting() {
        cluster.running();
        check(
                "connections-disconnect",
                ready -> isListed(ready) && !ready.operations().recent().get().isEmpty(),
                page -> act(page, "connections.disconnect-all"));
    }

    @Test
    void aQueryThatIsWrong() {
        model.shown();
        Awaitility.await().until(() -> isListed(model));
        cluster.fail("connections", Kind.INVALID, "there is no field 'usr'; did you mean user? (at character 16)");
        model.list().ask("queue > 10 and usr = alice");
        check(
                "connections-wrong-query",
                ready -> ready.list().state().get().refused().isPresent(),
                page -> {
                    page.bar().query("queue > 10 and usr = alice");
                    page.bar().show(model.list().state().get());
                });
    }

    @Test
    void aNodeIsMissing() {
        cluster.missing();
        check("connections-missing-node", ConnectionsPicturesTest::isListed, _ -> {});
    }

    @Test
    void nobodyIsConnected() {
        cluster.empty();
        check("connections-empty", ready -> ready.list().state().get().at().isPresent(), _ -> {});
    }

    @Test
    void theClusterIsAway() {
        cluster.fail("connections", Kind.UNREACHABLE, "No node of the cluster answers. The console keeps trying.");
        check(
                "connections-failed",
                ready -> ready.list().state().get().problem().isPresent(),
                _ -> {});
    }
}
