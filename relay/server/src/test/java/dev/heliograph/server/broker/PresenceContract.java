package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who is in a channel.
abstract class PresenceContract extends BrokerFixture {

    @Test
    void membersArePresentUntilRemoved() {
        ClientInfo anna = new ClientInfo("anna", "c1", Bytes.utf8("{\"name\":\"Anna\"}"), Bytes.utf8("{}"));
        ClientInfo ben = info("ben", "c2");
        broker.addPresence(CHANNEL, anna, HOUR);
        broker.addPresence(CHANNEL, ben, HOUR);

        assertThat(broker.presence(CHANNEL)).isEqualTo(Map.of("c1", anna, "c2", ben));
        assertThat(broker.presence("news:other")).isEmpty();

        broker.removePresence(CHANNEL, "c1");

        assertThat(broker.presence(CHANNEL)).isEqualTo(Map.of("c2", ben));
    }

    @Test
    void removingAnUnknownMemberDoesNothing() {
        broker.removePresence(CHANNEL, "c1");
        broker.addPresence(CHANNEL, info("anna", "c1"), HOUR);
        broker.removePresence(CHANNEL, "c2");

        assertThat(broker.presence(CHANNEL)).containsOnlyKeys("c1");
    }

    @Test
    void aRefreshedMemberIsPresentWithItsLatestInfo() {
        ClientInfo newer = new ClientInfo("anna", "c1", Bytes.utf8("2"), Bytes.EMPTY);
        broker.addPresence(CHANNEL, info("anna", "c1"), HOUR);

        broker.addPresence(CHANNEL, newer, HOUR);

        assertThat(broker.presence(CHANNEL)).isEqualTo(Map.of("c1", newer));
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(1, 1));
    }

    @Test
    void aMemberThatIsNotRefreshedIsGone() {
        broker.addPresence(CHANNEL, info("anna", "c1"), underTest().shortTtl());
        broker.addPresence(CHANNEL, info("ben", "c2"), underTest().shortTtl());
        broker.addPresence(CHANNEL, info("cleo", "c3"), HOUR);
        broker.addPresence(CHANNEL, info("ben", "c2"), HOUR);

        underTest().pass(underTest().shortTtl());

        assertThat(broker.presence(CHANNEL)).containsOnlyKeys("c2", "c3");
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(2, 2));
    }

    @Test
    void connectionsAndUsersAreCounted() {
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(0, 0));

        broker.addPresence(CHANNEL, info("anna", "c1"), HOUR);
        broker.addPresence(CHANNEL, info("anna", "c2"), HOUR);
        broker.addPresence(CHANNEL, info("ben", "c3"), HOUR);
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(3, 2));

        broker.removePresence(CHANNEL, "c1");
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(2, 2));

        broker.removePresence(CHANNEL, "c2");
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(1, 1));

        broker.removePresence(CHANNEL, "c3");
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(0, 0));
    }

    @Test
    void aConnectionThatBecomesAnotherUserIsCountedOnce() {
        broker.addPresence(CHANNEL, info("", "c1"), HOUR);
        broker.addPresence(CHANNEL, info("anna", "c1"), HOUR);

        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(1, 1));
    }

    @Test
    void concurrentMembersAreCountedExactly() throws Exception {
        inParallel(8, number -> {
            for (int i = 0; i < 200; i++) {
                broker.addPresence(CHANNEL, info("user" + i % 10, number + ":" + i), HOUR);
                if (i % 2 == 1) {
                    broker.removePresence(CHANNEL, number + ":" + i);
                }
            }
            return number;
        });

        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(800, 5));
        assertThat(broker.presence(CHANNEL)).hasSize(800);
    }
}
