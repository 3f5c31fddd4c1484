package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What survives the way through a broker: everything.
abstract class ContentContract extends BrokerFixture {

    @Test
    void everythingInAPublicationSurvives() {
        Publication publication = new Publication(
                Bytes.utf8("{\"text\":\"grüße 🎉\"}"),
                Optional.of(new ClientInfo("anna", "c1", Bytes.utf8("{\"name\":\"Anna\"}"), Bytes.utf8("[1]"))),
                0,
                Map.of("lang", "de", "room", "", "kéy", "välue"),
                true,
                1_790_000_000_123L);
        broker.subscribe(CHANNEL);

        broker.publish(CHANNEL, publication, KEPT);

        await().until(() -> heard.publications(CHANNEL).equals(List.of(publication.at(1))));
        assertThat(read(HistoryQuery.after(0, 10))).containsExactly(publication.at(1));
    }

    @Test
    void anAnonymousPublisherWithoutInfoSurvives() {
        Publication publication = new Publication(Bytes.EMPTY, Optional.of(info("", "c1")), 0, Map.of(), false, 0);
        broker.subscribe(CHANNEL);

        broker.publish(CHANNEL, publication, KEPT);

        await().until(() -> heard.publications(CHANNEL).equals(List.of(publication.at(1))));
        assertThat(read(HistoryQuery.after(0, 10))).containsExactly(publication.at(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 65_536, 1 << 20})
    void binaryPayloadsOfAnySizeSurvive(int size) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        Publication publication = Publication.of(Bytes.of(payload));
        broker.subscribe(CHANNEL);

        broker.publish(CHANNEL, publication, KEPT);

        await().until(() -> heard.publications(CHANNEL).equals(List.of(publication.at(1))));
        assertThat(read(HistoryQuery.after(0, 1))).containsExactly(publication.at(1));
    }

    @Test
    void everyByteValueSurvives() {
        byte[] payload = new byte[256];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) i;
        }
        Publication publication = Publication.of(Bytes.of(payload));
        broker.subscribe(CHANNEL);

        broker.publish(CHANNEL, publication, PublishOptions.NO_HISTORY);

        await().until(() -> heard.publications(CHANNEL).equals(List.of(publication)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "$private:room#42,43", "with space\n{tag}:*?[]", "grüße:🎉"})
    void anyChannelNameWorks(String channel) {
        worksOn(channel);
    }

    @Test
    void longChannelNamesWork() {
        worksOn("long:" + "x".repeat(4_096));
    }

    private void worksOn(String channel) {
        broker.subscribe(channel);
        ClientInfo anna = info("anna", "c1");

        broker.publish(channel, text("hello"), KEPT.idempotent("key"));
        broker.addPresence(channel, anna, HOUR);

        await().until(() ->
                heard.publications(channel).equals(List.of(text("hello").at(1))));
        assertThat(broker.history(channel, HistoryQuery.after(0, 1), HOUR).publications())
                .containsExactly(text("hello").at(1));
        assertThat(broker.presence(channel)).containsExactly(Map.entry("c1", anna));
    }
}
