package dev.heliograph.console.desktop.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminApi.AuditQuestion;
import dev.heliograph.console.channels.ChannelsModel;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.RealCluster;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.testkit.JsonClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.TextArea;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelsPageTest extends UiTest {

    private static RealCluster cluster;

    private final FakeCommander commander = new FakeCommander();
    private final AtomicReference<ChannelsPage> page = new AtomicReference<>();
    private ChannelsModel model;

    @BeforeAll
    static void relays() {
        cluster = RealCluster.start(2);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void page() {
        model = new ChannelsModel(cluster.workspace());
        show(() -> {
            page.set(closeLater(new ChannelsPage(
                    model, commander, cluster.workspace().gate().role())));
            page.get().shown();
            return page.get().view();
        });
    }

    @Test
    void aChannelIsFoundAndShownWithItsSubscribersAndHistory() {
        try (JsonClient bob = cluster.relays().connect(0, "bob");
                JsonClient eve = cluster.relays().connect(1, "eve")) {
            bob.subscribe("chat:lobby");
            eve.subscribe("chat:lobby");
            eve.subscribe("ticks:fast");
            bob.publish("chat:lobby", "{\"text\":\"hello\"}");
            awaitText("ticks:fast");
            write("channels-search", "chat:*");
            awaitNoText("ticks:fast");
            clickText("chat:lobby");
            awaitText("1 kept, offset 1, epoch");
            awaitText("2 clients, 2 users");
            awaitText("bob");
            awaitText("relay-2");
        }
        awaitText("Nobody listens");
    }

    @Test
    void aLookShowsMaskedPublicationsAndEndsWhenThePageIsHidden() {
        try (JsonClient bob = cluster.relays().connect(1, "bob")) {
            bob.subscribe("chat:look");
            awaitText("chat:look");
            clickText("chat:look");
            clickText("Look inside");
            write("tail-reason", "ticket 4711");
            click("tail-start");
            Awaitility.await("a publication that is seen")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        bob.publish("chat:look", "{\"secret\":\"swordfish\"}");
                        return !model.tail().state().get().lines().isEmpty();
                    });
            awaitText("secret");
            assertThat(isTextShown("swordfish")).isFalse();
            awaitText("shown, ");
            assertThat(cluster.workspace().api().audit(AuditQuestion.newest(5)).entries())
                    .anySatisfy(row -> {
                        assertThat(row.action()).isEqualTo("stream.tail");
                        assertThat(row.operator()).isEqualTo("ann");
                        assertThat(row.reason()).isEqualTo("ticket 4711");
                    });
            runOnFx(() -> page.get().hidden());
            assertThat(model.tail().state().get().goesOn()).isFalse();
            awaitText("Stopped.");
        }
    }

    @Test
    void aTestMessageIsCheckedConfirmedAndHeard() {
        try (JsonClient bob = cluster.relays().connect(0, "bob")) {
            bob.subscribe("chat:test");
            awaitText("chat:test");
            clickText("chat:test");
            clickText("Test message");
            TextArea message = find("publish-message", TextArea.class);
            runOnFx(() -> message.setText("{\"text\": oops}"));
            awaitText("This is no JSON at line 1");
            assertThat(find("publish-review").isDisabled()).isTrue();
            runOnFx(() -> message.setText("{\"text\": \"hello\"}"));
            click("publish-review");
            Proposal proposal = commander.awaitProposal(1);
            assertThat(proposal.risk()).isEqualTo(Risk.CONFIRM);
            assertThat(proposal.work().perform("a test").sentence())
                    .isEqualTo("Published to chat:test; subscribers: 1, offset 1");
            assertThat(bob.publication(Duration.ofSeconds(20)).orElseThrow().toString())
                    .contains("hello");
        }
    }
}
