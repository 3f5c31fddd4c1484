package dev.heliograph.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.testkit.FaultProxy;
import dev.heliograph.testkit.RedisSentinels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

class SentinelsTest {

    private RedisSentinels redis;

    @BeforeEach
    void start() {
        redis = RedisSentinels.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    private List<HostAndPort> addresses() {
        return new ArrayList<>(redis.sentinels().stream().map(HostAndPort::from).toList());
    }

    /// @param timeout in milliseconds, 0 for none
    private Sentinels sentinels(List<HostAndPort> addresses, String master, int timeout) {
        return new Sentinels(
                addresses,
                master,
                DefaultJedisClientConfig.builder().timeoutMillis(timeout).build());
    }

    @Test
    void oneThatNeverAnswersKeepsNobodyWaiting() {
        List<HostAndPort> addresses = addresses();
        try (FaultProxy silent = FaultProxy.start(addresses.getFirst().getPort())) {
            silent.mode(FaultProxy.Mode.SWALLOW);
            addresses.set(0, HostAndPort.from(silent.address()));
            // Without a timeout it would be waited for until the end of time.
            assertThat(sentinels(addresses, redis.masterName(), 0).current().getPort())
                    .isEqualTo(redis.master().port());
        }
    }

    @Test
    void theMasterOfTheLatestFailoverIsBelieved() {
        Sentinels sentinels = sentinels(addresses(), redis.masterName(), 2_000);
        int before = sentinels.current().getPort();
        redis.killMaster();
        redis.awaitNewMaster();
        assertThat(sentinels.current().getPort())
                .isEqualTo(redis.master().port())
                .isNotEqualTo(before);
    }

    @Test
    void aNameThatNoneKnowsIsAnError() {
        assertThatThrownBy(() -> sentinels(addresses(), "other", 2_000).current())
                .isInstanceOf(JedisConnectionException.class)
                .hasMessage("no sentinel knows the master other");
    }
}
