package dev.heliograph.console.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.testing.Bench;
import dev.heliograph.console.wire.ChannelRow;
import dev.heliograph.console.wire.ChannelView;
import dev.heliograph.console.wire.ConnectionList;
import dev.heliograph.console.wire.HistoryView;
import dev.heliograph.console.wire.TailEnd;
import dev.heliograph.console.wire.TailMessage;
import dev.heliograph.console.wire.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelsModelTest {

    private final Bench bench = new Bench();
    private final ChannelsModel model = new ChannelsModel(bench.workspace);

    @BeforeEach
    void aChannel() {
        bench.relay.channels.put(
                "chat:lobby",
                new ChannelView(
                        new ChannelRow("chat:lobby", 310, 2, 620, 5_000),
                        new HistoryView("abc", 41, 10),
                        null,
                        new ConnectionList(List.of(), 310, null, List.of()),
                        List.of()));
    }

    private static TailWish wish() {
        return new TailWish("chat:lobby", 5, TailWish.Masking.VALUES, Duration.ofMinutes(1), "ticket 1");
    }

    private void say(long offset, long skipped) {
        bench.feed.say(
                Topic.TAIL,
                new TailMessage("tail", 0, "chat:lobby", offset, 4, TextNode.valueOf("***"), "42", "c", skipped));
    }

    @Test
    void channelsAreListedAndOneIsShownInDetail() {
        model.shown();
        assertThat(model.channels().get().data().orElseThrow().channels()).hasSize(1);
        model.select("chat:lobby");
        assertThat(model.detail().get().data().orElseThrow().history()).isEqualTo(new HistoryView("abc", 41, 10));
        bench.relay.failing = "channel"::equals;
        bench.tick();
        assertThat(model.detail().get().problem()).isPresent();
        assertThat(model.detail().get().data()).isPresent();
        model.deselect();
        assertThat(model.detail().get().data()).isEmpty();
    }

    @Test
    void aLookShowsLinesAndWhatItSkipped() {
        model.select("chat:lobby");
        model.tail().start(wish());
        assertThat(bench.feed.wishes(Topic.TAIL))
                .singleElement()
                .satisfies(stream -> assertThat(stream.parameters())
                        .containsEntry("channel", "chat:lobby")
                        .containsEntry("per_second", "5")
                        .containsEntry("masking", "values")
                        .containsEntry("duration_ms", "60000")
                        .containsEntry("reason", "ticket 1"));
        say(1, 0);
        say(9, 7);
        ChannelTail.State state = model.tail().state().get();
        assertThat(state.lines()).extracting(TailMessage::offset).containsExactly(1L, 9L);
        assertThat(state.skipped()).isEqualTo(7);
        assertThat(state.until()).contains(bench.start.plusSeconds(60));
        bench.feed.say(Topic.TAIL, new TailEnd("tail_end", "chat:lobby", 2, 8));
        state = model.tail().state().get();
        assertThat(state.goesOn()).isFalse();
        assertThat(state.skipped()).isEqualTo(8);
        assertThat(state.ended()).contains("Its time is over.");
        assertThat(bench.feed.wishes()).isEmpty();
    }

    @Test
    void aLookEndsWhenThePageIsHiddenAnotherChannelIsShownOrItsStreamBreaks() {
        model.shown();
        model.tail().start(wish());
        model.hidden();
        assertThat(bench.isBusy()).isFalse();
        assertThat(model.tail().state().get().ended()).contains("Stopped.");

        model.tail().start(wish());
        model.select("another");
        assertThat(bench.feed.wishes()).isEmpty();
        assertThat(model.tail().state().get()).isEqualTo(ChannelTail.State.NOTHING);

        model.tail().start(wish());
        bench.feed.interrupt(new AdminException(AdminException.Kind.UNREACHABLE, "relay-1 is gone"));
        assertThat(bench.feed.wishes()).isEmpty();
        assertThat(model.tail().state().get().ended().orElseThrow()).endsWith("relay-1 is gone");
    }

    @Test
    void aLookKeepsTheLastLinesOnly() {
        model.tail().start(wish());
        for (int i = 0; i < ChannelTail.KEPT + 10; i++) {
            say(i, 0);
        }
        assertThat(model.tail().state().get().lines()).hasSize(ChannelTail.KEPT);
        assertThat(model.tail().state().get().seen()).isEqualTo(ChannelTail.KEPT + 10);
        assertThat(model.tail().state().get().lines().getLast().offset()).isEqualTo(ChannelTail.KEPT + 9);
    }

    @Test
    void aLookHasBounds() {
        assertThat(TailWish.Masking.CLEAR.role()).isEqualTo(Role.ADMIN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TailWish("c", 21, TailWish.Masking.VALUES, Duration.ofMinutes(1), ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TailWish("c", 1, TailWish.Masking.VALUES, Duration.ofMinutes(11), ""));
    }

    @Test
    void aTestMessageIsPublishedOnceItWasConfirmed() {
        Proposal proposal = model.publish("chat:lobby", "{\"text\": \"hello\"}");
        assertThat(proposal.risk()).isEqualTo(Risk.CONFIRM);
        assertThat(proposal.blast().orElseThrow().sentence()).isEqualTo("310 of 1,000 connections = 31.0 %");
        assertThat(bench.relay.published).isEmpty();
        assertThat(bench.perform(proposal, "").sentence())
                .isEqualTo("Published to chat:lobby; subscribers: 310, offset 7");
        assertThat(bench.relay.published).containsExactly("chat:lobby {\"text\":\"hello\"}");
    }

    @Test
    void whatIsNoJsonIsToldWithItsPlace() {
        assertThat(ChannelsModel.problem("{\"a\": 1}")).isEmpty();
        assertThat(ChannelsModel.problem("\"text\"")).isEmpty();
        assertThat(ChannelsModel.problem("").orElseThrow()).startsWith("A test message is JSON");
        assertThat(ChannelsModel.problem("{\"a\":\n oops}").orElseThrow())
                .startsWith("This is no JSON at line 2, column");
        assertThat(ChannelsModel.problem("{} {}")).isPresent();
        assertThat(bench.relay.calls).isEmpty();
        assertThat(Optional.of(ChannelOrder.IN_RATE.word())).contains("in_rate");
    }
}
