package dev.heliograph.server.auth;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class JwksKeysContractTest extends KeySourceContract {

    private final KeySetServer server = new KeySetServer();

    @Override
    KeySource source() {
        server.publish(Keys.RSA.jwk(Keys.RSA.name()), Keys.P256.jwk(Keys.P256.name()));
        return new JwksKeys(JwksEndpoint.of(server.url(), Duration.ofSeconds(30)), new ManualClock());
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
