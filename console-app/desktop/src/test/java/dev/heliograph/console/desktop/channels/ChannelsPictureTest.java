package dev.heliograph.console.desktop.channels;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.channels.ChannelsModel;
import dev.heliograph.console.channels.TailWish;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.StubApi;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.wire.ChannelList;
import dev.heliograph.console.wire.ChannelRow;
import dev.heliograph.console.wire.ChannelView;
import dev.heliograph.console.wire.ConnectionList;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.wire.HistoryView;
import dev.heliograph.console.wire.PresenceView;
import dev.heliograph.console.wire.TailMessage;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ChannelsPictureTest {

    private static final long NOW = Toolkit.CLOCK.millis();

    private final StubApi api = new StubApi()
            .answer(
                    "channels",
                    _ -> new ChannelList(
                            List.of(
                                    row("chat:lobby", 3_120, 4.2, 13_104),
                                    row("ticks:EURUSD", 2_871, 20, 57_420),
                                    row("news:front-page", 940, 0.02, 18.8),
                                    row("chat:a-room-with-a-name-that-is-longer-than-any-column", 2, 0, 0)),
                            1_204,
                            false,
                            List.of("relay-3")))
            .answer(
                    "channel",
                    _ -> new ChannelView(
                            row("chat:lobby", 3_120, 4.2, 13_104),
                            new HistoryView("xJ3k", 41_220, 300),
                            new PresenceView(3_120, 2_904),
                            new ConnectionList(
                                    List.of(
                                            connection("a", "mallory", "203.0.113.7", 131_072),
                                            connection("b", "", "198.51.100.23", 0),
                                            connection("c", "bob", "2001:db8::17", 512)),
                                    3_120,
                                    null,
                                    List.of()),
                            List.of()));
    private final AtomicReference<LiveFeed.Listener> listener = new AtomicReference<>();
    private final Workspace workspace = Fakes.workspace(
            api.api(),
            (_, watching) -> {
                listener.set(watching);
                return () -> {};
            },
            Toolkit.CLOCK);
    private final ChannelsModel model = new ChannelsModel(workspace);

    private static ChannelRow row(String name, long subscribers, double in, double out) {
        return new ChannelRow(name, subscribers, in, out, 5_000);
    }

    private static ConnectionRow connection(String id, String user, String ip, long queue) {
        return new ConnectionRow(
                id,
                user,
                ip,
                "relay-1",
                "n",
                "blue",
                "js",
                "5.4",
                "json",
                "websocket",
                true,
                NOW,
                NOW,
                null,
                1,
                queue,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                null,
                0,
                false);
    }

    private void read() {
        model.refresh();
        Awaitility.await("channels")
                .atMost(Duration.ofSeconds(20))
                .until(() -> model.channels().get().data().isPresent()
                        && (model.selected().get().isEmpty()
                                || model.detail().get().data().isPresent()));
    }

    private ChannelsPage page() {
        return new ChannelsPage(model, new FakeCommander(), workspace.gate().role());
    }

    @Test
    void channelsAndOneOfThem() {
        model.select("chat:lobby");
        read();
        GoldenPicture.check("channels", 1104, 740, () -> {
            ChannelsPage page = page();
            page.open("chat:lobby");
            return page.view();
        });
    }

    @Test
    void aLookInside() {
        model.select("chat:lobby");
        read();
        GoldenPicture.check("channels-tail", 1104, 740, () -> {
            ChannelsPage page = page();
            page.open("chat:lobby");
            page.actions().getFirst().run().run();
            model.tail().start(new TailWish("chat:lobby", 10, TailWish.Masking.VALUES, Duration.ofMinutes(1), ""));
            for (int i = 0; i < 5; i++) {
                listener.get()
                        .onMessage(new TailMessage(
                                "tail",
                                NOW + i * 300L,
                                "chat:lobby",
                                41_216L + i,
                                48 + i,
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("text", "***")
                                        .put("likes", "***"),
                                i % 2 == 0 ? "mallory" : "",
                                "c" + i,
                                17));
            }
            return page.view();
        });
    }

    @Test
    void noChannelHasSubscribers() {
        api.answer("channels", _ -> new ChannelList(List.of(), 0, true, List.of()));
        read();
        GoldenPicture.check("channels-empty", 1104, 740, () -> page().view());
    }
}
