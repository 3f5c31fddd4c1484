package dev.heliograph.console.desktop.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.connections.ConnectionsModel;
import dev.heliograph.console.connections.ListModel;
import dev.heliograph.console.connections.SavedView;
import dev.heliograph.console.connections.SavedViews;
import dev.heliograph.console.desktop.testing.LiveCluster;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.wire.GroupRow;
import dev.heliograph.testkit.JsonClient;
import dev.heliograph.testkit.RelayCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsPageTest extends UiTest {

    private static LiveCluster cluster;

    private final List<JsonClient> clients = new ArrayList<>();
    private final List<String> layouts = new CopyOnWriteArrayList<>();
    private final List<String> kept = new CopyOnWriteArrayList<>();
    private ConnectionsModel model;

    @BeforeAll
    static void start() {
        cluster = new LiveCluster(2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void open() {
        model = closeLater(new ConnectionsModel(cluster.workspace(), new SavedViews(Optional.empty(), kept::add)));
        show(() -> LiveCluster.around(
                cluster.workspace(),
                (workspace, commander) -> closeLater(
                        new ConnectionsPage(model, commander, workspace.clock(), Optional.empty(), layouts::add))));
    }

    @AfterEach
    void leave() {
        clients.forEach(JsonClient::close);
    }

    private JsonClient connect(int relay, String user, String address) {
        JsonClient client = JsonClient.to(cluster.relays().relay(relay).port())
                .from(address)
                .token(RelayCluster.clientToken(user))
                .name("js", "5.3.0")
                .connect();
        clients.add(client);
        return client;
    }

    @SuppressWarnings("unchecked")
    private LiveTable<String, ConnectionRow> list() {
        return (LiveTable<String, ConnectionRow>) find("connections-table", LiveTable.class);
    }

    @SuppressWarnings("unchecked")
    private LiveTable<String, GroupRow> groups() {
        return (LiveTable<String, GroupRow>) find("groups-table", LiveTable.class);
    }

    /// So that letters are keys, not text.
    private void focusList() {
        LiveTable<String, ConnectionRow> table = list();
        runOnFx(table::requestFocus);
    }

    private List<String> users() {
        LiveTable<String, ConnectionRow> table = list();
        return onFx(() -> table.rows().stream().map(ConnectionRow::user).toList());
    }

    private void ask(String query) {
        write("query", query);
        press(KeyCode.ESCAPE);
        press(KeyCode.ENTER);
        await("asked", () -> model.list().state().get().query().equals(query));
    }

    private void awaitUsers(String... expected) {
        List<String> wanted = List.of(expected);
        LiveTable<String, ConnectionRow> table = list();
        await(
                "users " + wanted,
                () -> table.rows().stream()
                        .map(ConnectionRow::user)
                        .sorted()
                        .toList()
                        .equals(wanted.stream().sorted().toList()));
    }

    private void select(JsonClient... chosen) {
        LiveTable<String, ConnectionRow> table = list();
        runOnFx(() -> {
            table.requestFocus();
            table.select(List.of(chosen).stream().map(JsonClient::id).toList());
        });
        settle();
    }

    /// Fills in why, and does it.
    private void confirm(String why) {
        find("do-confirm");
        write("reason", why);
        click("do-confirm");
    }

    @Test
    void connectionsOfAllNodesAreListedAsTheyComeAndGo() {
        connect(0, "alice", "127.66.1.1");
        JsonClient bob = connect(1, "bob", "127.66.2.1");
        ask("ip in 127.66.0.0/16");
        awaitUsers("alice", "bob");

        connect(1, "carol", "127.66.2.2");
        awaitUsers("alice", "bob", "carol");
        bob.close();
        awaitUsers("alice", "carol");
        assertThat(isTextShown("2 match")).isTrue();
    }

    @Test
    void aQueryIsCompletedWhileItIsWritten() {
        connect(0, "alice", "127.66.1.1");
        ask("ip in 127.66.0.0/16");
        awaitUsers("alice");
        write("query", "us");
        awaitText("the user; empty for an anonymous one");
        press(KeyCode.TAB);
        assertThat(find("query", TextField.class).getText()).startsWith("user");

        write("query", "user = al");
        awaitText("alice");
        press(KeyCode.TAB);
        assertThat(find("query", TextField.class).getText().strip()).isEqualTo("user = alice");
    }

    @Test
    void aQueryThatIsWrongIsToldAndWhatWasShownStays() {
        connect(0, "alice", "127.66.1.1");
        ask("ip in 127.66.0.0/16");
        awaitUsers("alice");
        write("query", "usr = alice");
        press(KeyCode.ESCAPE);
        press(KeyCode.ENTER);

        awaitText("there is no field 'usr'; did you mean user?");
        assertThat(users()).containsExactly("alice");
        assertThat(find("query", TextField.class).getText()).isEqualTo("usr = alice");
    }

    @Test
    void aTitleAsksForAnotherOrder() {
        connect(0, "alice", "127.66.1.1");
        connect(1, "bob", "127.66.2.1");
        ask("ip in 127.66.0.0/16");
        awaitUsers("alice", "bob");
        LiveTable<String, ConnectionRow> table = list();
        runOnFx(() -> {
            table.toggleSort("user");
            table.toggleSort("user");
        });

        await("order", () -> model.list().state().get().query().equals("ip in 127.66.0.0/16 order by user desc"));
        await(
                "order",
                () -> table.rows().stream().map(ConnectionRow::user).toList().equals(List.of("bob", "alice")));
        assertThat(find("query", TextField.class).getText()).endsWith("order by user desc");
    }

    @Test
    void theSelectionStaysWithItsConnectionWhileOthersComeAndGo() {
        JsonClient alice = connect(0, "alice", "127.66.1.1");
        connect(0, "bob", "127.66.1.2");
        ask("ip in 127.66.0.0/16 order by user");
        awaitUsers("alice", "bob");
        select(alice);
        connect(1, "aaron", "127.66.2.1");

        awaitText("1 new ones wait");
        LiveTable<String, ConnectionRow> table = list();
        assertThat(onFx(table::selectedRows)).extracting(ConnectionRow::id).containsExactly(alice.id());
        press(KeyCode.ESCAPE);
        robot().moveTo("#query");
        awaitUsers("aaron", "alice", "bob");
    }

    @Test
    void aConnectionIsLookedIntoAndDisconnectedWithAReason() {
        JsonClient alice = connect(0, "alice", "127.66.1.1");
        alice.subscribe("chat:lobby");
        ask("ip in 127.66.0.0/16");
        awaitUsers("alice");
        select(alice);
        press(KeyCode.O);
        awaitText("chat:lobby");
        awaitText("Subscribed: chat:lobby");
        assertThat(find("detail-id", TextField.class).getText()).isEqualTo(alice.id());

        click("detail-disconnect");
        click("stay-away");
        write("disconnect-close-reason", "go home");
        click("disconnect-preview");
        awaitText("clients stay away (code 3503)");
        awaitText("user alice, from 127.66.1.1");
        confirm("ticket 7");

        assertThat(alice.awaitClosed()).isEqualTo(new JsonClient.Closed(3503, "go home"));
        awaitText("Disconnected 1 connection");
        assertThat(cluster.audit("connection.disconnect")).first().satisfies(line -> {
            assertThat(line.operator()).isEqualTo("ann");
            assertThat(line.reason()).isEqualTo("ticket 7");
        });
    }

    @Test
    void whatIsWrongInTheFormIsToldBeforeAnythingIsAsked() {
        JsonClient alice = connect(0, "alice", "127.66.1.1");
        ask("ip in 127.66.0.0/16");
        awaitUsers("alice");
        select(alice);
        press(KeyCode.D);
        write("disconnect-pace", "fast");
        click("disconnect-preview");

        awaitText("A pace is a number from 0 to 1,000,000 a second.");
        assertThat(alice.isOpen()).isTrue();
        click("drawer-close");
        assertThat(isShown("disconnect-form")).isFalse();
    }

    @Test
    void allThatMatchAreDisconnectedAtAPaceAndCanBeStopped() {
        for (int i = 1; i <= 6; i++) {
            connect(i % 2, "user" + i, "127.66.3." + i);
        }
        connect(0, "spared", "127.66.4.1");
        ask("ip in 127.66.3.0/24");
        awaitUsers("user1", "user2", "user3", "user4", "user5", "user6");
        focusList();
        press(KeyCode.SHIFT, KeyCode.D);
        write("disconnect-pace", "0.1");
        write("disconnect-cap", "5");
        click("disconnect-preview");
        awaitText("at most 5 of 6 that match");
        awaitText("5 of 7 connections = 71.4 %");
        write("typed-name", "demo");
        confirm("too many");

        awaitText("Disconnecting 5 connections, 0.1 a second");
        awaitText("Disconnecting, by ann:");
        click("operation-stop");
        awaitText("Stopped, by ann:");
        assertThat(clients).filteredOn(JsonClient::isOpen).hasSizeGreaterThanOrEqualTo(5);
        assertThat(cluster.audit("disconnect.cancel"))
                .first()
                .satisfies(line -> assertThat(line.operator()).isEqualTo("ann"));
    }

    @Test
    void connectionsAreGroupedAndAGroupIsOpenedAndDisconnected() {
        JsonClient first = connect(0, "alice", "127.66.5.1");
        JsonClient second = connect(1, "bob", "127.66.5.2");
        connect(1, "carol", "127.66.6.1");
        connect(1, "dave", "127.66.7.1");
        connect(1, "erin", "127.66.7.2");
        connect(1, "frank", "127.66.7.3");
        connect(1, "grace", "127.66.7.4");
        connect(1, "heidi", "127.66.7.5");
        connect(1, "ivan", "127.66.7.6");
        ask("ip in 127.66.0.0/16");
        focusList();
        press(KeyCode.G);
        LiveTable<String, GroupRow> table = groups();
        await(
                "groups",
                () -> table.rows().stream()
                        .map(row -> row.key() + " " + row.connections())
                        .toList()
                        .equals(List.of("127.66.7.0/24 6", "127.66.5.0/24 2", "127.66.6.0/24 1")));

        runOnFx(() -> {
            table.requestFocus();
            table.select(List.of("127.66.5.0/24"));
        });
        press(KeyCode.D);
        awaitText("Group by network (/24, /48): 127.66.5.0/24");
        click("disconnect-preview");
        awaitText("2 of 9 connections = 22.2 %");
        confirm("");
        assertThat(first.awaitClosed().code()).isEqualTo(3011);
        assertThat(second.awaitClosed().code()).isEqualTo(3011);

        runOnFx(() -> {
            table.requestFocus();
            table.select(List.of("127.66.6.0/24"));
        });
        press(KeyCode.O);
        awaitUsers("carol");
        assertThat(find("query", TextField.class).getText()).isEqualTo("ip in 127.66.0.0/16 and ip in 127.66.6.0/24");
    }

    @Test
    void aNetworkIsBannedFromARowAndTheBanIsTakenBack() {
        JsonClient alice = connect(0, "alice", "127.66.8.1");
        for (int i = 1; i <= 4; i++) {
            connect(1, "user" + i, "127.66.9." + i);
        }
        ask("ip in 127.66.8.0/24");
        awaitUsers("alice");
        select(alice);
        press(KeyCode.B);
        clickText("Addresses 127.66.8.0/24");
        click("ban-preview");
        awaitText("1 of 5 connections = 20.0 %");
        confirm("flood");

        assertThat(alice.awaitClosed().code()).isEqualTo(3507);
        assertThat(cluster.workspace().api().checkIp("127.66.8.7").rule()).isNotNull();
        assertThat(cluster.audit("ip_rule.put")).first().satisfies(line -> {
            assertThat(line.operator()).isEqualTo("ann");
            assertThat(line.reason()).isEqualTo("flood");
        });
        click("undo");
        await("taken back", () -> true);
        org.awaitility.Awaitility.await()
                .until(() -> cluster.workspace().api().checkIp("127.66.8.7").rule() == null);
    }

    @Test
    void severalOfDifferentOriginHaveNothingToBanInCommon() {
        JsonClient alice = connect(0, "alice", "127.66.1.1");
        JsonClient bob = connect(1, "bob", "127.66.2.1");
        ask("ip in 127.66.0.0/16");
        awaitUsers("alice", "bob");
        select(alice, bob);
        press(KeyCode.B);

        awaitText("no address, network or user in common");
        assertThat(find("ban-preview").isDisabled()).isTrue();
    }

    @Test
    void whatIsShownIsSavedAsAViewAndShownAgain() {
        connect(0, "alice", "127.66.1.1");
        connect(1, "bob", "127.66.2.1");
        ask("user = alice and ip in 127.66.0.0/16");
        awaitUsers("alice");
        focusList();
        press(KeyCode.S);
        write("view-name", "Only Alice");
        click("view-save-button");
        assertThat(kept.getLast()).contains("Only Alice");
        ask("ip in 127.66.0.0/16");
        awaitUsers("alice", "bob");

        click("views");
        clickText("Only Alice");
        awaitUsers("alice");
        assertThat(model.views().all().get())
                .filteredOn(view -> view.name().equals("Only Alice"))
                .singleElement()
                .satisfies(view -> assertThat(view.columns()).contains("user", "ip"))
                .isInstanceOf(SavedView.class);
    }

    @Test
    void columnsAreChosenAndKept() {
        connect(0, "alice", "127.66.1.1");
        ask("ip in 127.66.0.0/16");
        awaitUsers("alice");
        clickText("Columns");
        clickText("TLS");
        await("kept", () -> !layouts.isEmpty() && layouts.getLast().contains("tls:64:shown"));
    }

    @Test
    void moreRowsAreAskedForPageByPage() {
        connect(0, "alice", "127.66.1.1");
        ask("ip in 127.66.0.0/16");
        awaitUsers("alice");
        focusList();
        press(KeyCode.M);
        await("more", () -> model.list().state().get().window() > ListModel.LIVE_ROWS);
        connect(1, "bob", "127.66.2.1");
        awaitUsers("alice", "bob");
        assertThat(isTextShown("1,000 rows")).isTrue();
    }

    @Test
    void anActionIsOnlyPossibleWhileARowIsSelected() {
        connect(0, "alice", "127.66.1.1");
        ask("ip in 127.66.0.0/16");
        awaitUsers("alice");
        focusList();
        press(KeyCode.D);

        assertThat(isShown("disconnect-form")).isFalse();
    }
}
