package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Publication;
import dev.heliograph.server.broker.redis.RedisBroker;
import dev.heliograph.server.config.RedisConfig;
import dev.heliograph.testkit.Certificate;
import dev.heliograph.testkit.RedisCluster;
import dev.heliograph.testkit.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Redis that is reached with TLS: who is trusted, and by which name.
class RedisTlsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static Certificate local;
    private static Certificate named;
    private static Certificate stranger;

    @BeforeAll
    static void makeCertificates() throws Exception {
        local = Certificate.selfSigned(Files.createDirectory(folder.resolve("local")));
        named = Certificate.selfSigned(Files.createDirectory(folder.resolve("named")), "dns:redis.example");
        stranger = Certificate.selfSigned(Files.createDirectory(folder.resolve("stranger")));
    }

    private static String[] options(Certificate server, String clients, Certificate trusted) {
        return new String[] {
            "--tls-cert-file " + server.certificate().toAbsolutePath(),
            "--tls-key-file " + server.key().toAbsolutePath(),
            "--tls-ca-cert-file " + trusted.certificate().toAbsolutePath(),
            "--tls-auth-clients " + clients
        };
    }

    private static RedisServer redis(Certificate certificate) {
        return RedisServer.start(options(certificate, "no", certificate));
    }

    private static RedisConfig config(RedisServer redis, String tls) {
        return RedisUnderTest.config(
                List.of("127.0.0.1:" + redis.tlsPort()), "timeout: 5s, tls: {enabled: true, %s}".formatted(tls));
    }

    private static String trust(Certificate certificate) {
        return "server_ca_pem: '%s'".formatted(certificate.certificate());
    }

    private static Publication text(String text) {
        return Publication.of(Bytes.utf8(text));
    }

    private static void assertWorks(RedisConfig config) {
        Hearing heard = new Hearing();
        try (Broker broker = new RedisBroker(config)) {
            broker.start(heard);
            broker.subscribe("news");
            broker.publish("news", text("1"), PublishOptions.history(10, HOUR));
            await().atMost(LONG).until(() -> heard.texts("news").equals(List.of("1")));
            assertThat(broker.history("news", new HistoryQuery(0, 10, false), HOUR)
                            .publications())
                    .extracting(each -> each.data().text())
                    .containsExactly("1");
        }
    }

    /// Publishing fails, and the log says why, of commands and of subscriptions.
    private static void assertRefused(RedisConfig config, String reason) {
        List<String> log = new CopyOnWriteArrayList<>();
        Handler ear = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                log.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.heliograph.server.redis");
        logger.addHandler(ear);
        try (Broker broker = new RedisBroker(config)) {
            broker.start(new Hearing());
            assertThatThrownBy(() -> broker.publish("news", text("1"), PublishOptions.NO_HISTORY))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining(reason);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(log)
                            .anyMatch(line -> line.contains("is away: ") && line.contains(reason))
                            .anyMatch(line -> line.contains("are interrupted: ") && line.contains(reason)));
        } finally {
            logger.removeHandler(ear);
        }
    }

    @Test
    void aCertificateThatIsTrustedIsGood() {
        try (RedisServer redis = redis(local)) {
            assertWorks(config(redis, trust(local)));
        }
    }

    @Test
    void oneOfSeveralTrustedCertificatesInOneFileIsEnough() throws Exception {
        Path both = Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(stranger.certificate()) + Files.readString(local.certificate()));
        try (RedisServer redis = redis(local)) {
            assertWorks(config(redis, "server_ca_pem: '" + both + "'"));
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsRefused() {
        try (RedisServer redis = redis(local)) {
            assertRefused(config(redis, trust(stranger)), "PKIX path");
            assertRefused(config(redis, "server_name: ''"), "PKIX path");
        }
    }

    @Test
    void aCertificateMustBeGoodForTheHost() {
        try (RedisServer redis = redis(named)) {
            assertRefused(config(redis, trust(named)), "No subject alternative names matching IP address 127.0.0.1");
        }
    }

    @Test
    void aNameCanStandForTheHost() {
        try (RedisServer redis = redis(named)) {
            assertWorks(config(redis, trust(named) + ", server_name: redis.example"));
        }
    }

    @Test
    void aNameThatStandsForTheHostMustBeInTheCertificate() {
        try (RedisServer redis = redis(local)) {
            assertRefused(config(redis, trust(local) + ", server_name: redis.example"), "redis.example");
        }
    }

    @Test
    void aRedisThatAsksForACertificateGetsThatOfTheConfiguration() {
        try (RedisServer redis = RedisServer.start(options(local, "yes", stranger))) {
            assertWorks(config(
                    redis,
                    trust(local)
                            + ", cert_pem: '%s', key_pem: '%s'".formatted(stranger.certificate(), stranger.key())));
            try (Broker broker = new RedisBroker(config(redis, trust(local)))) {
                assertThatThrownBy(() -> broker.publish("news", text("1"), PublishOptions.NO_HISTORY))
                        .isInstanceOf(BrokerException.class);
            }
        }
    }

    @Test
    void nodesOfAClusterAreReachedWithTls() {
        String[] options = Stream.concat(
                        Stream.of(options(local, "no", local)), Stream.of("--tls-cluster yes", "--tls-replication yes"))
                .toArray(String[]::new);
        try (RedisCluster cluster = RedisCluster.start(options)) {
            assertWorks(
                    RedisUnderTest.cluster(cluster, "timeout: 5s, tls: {enabled: true, %s}".formatted(trust(local))));
        }
    }
}
