package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A token whose key can not be fetched is neither good nor bad: the client is told to try again (error 100), not that
/// its token is wrong.
class KeySetOutageTest {

    @Test
    void aTokenThatCanNotBeCheckedNowGetsATemporaryError() throws Exception {
        HttpServer keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        keys.start();
        RSAKey key = new RSAKeyGenerator(2048).keyID("k1").generate();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
                new JWTClaimsSet.Builder().subject("ann").build());
        token.sign(new RSASSASigner(key));
        try (Relay relay = Relay.start(
                        RelayConfig.parse("""
                        http_server: {address: 127.0.0.1, port: 0}
                        client: {token: {jwks_public_endpoint: 'http://127.0.0.1:%d/'}}
                        """.formatted(keys.getAddress().getPort())));
                WireClient client = new WireClient(relay.port(), Encoding.JSON)) {
            Reply reply =
                    client.call(new Request.Connect(token.serialize(), Bytes.EMPTY, Map.of(), "", "", Map.of(), 0));
            assertThat(((Reply.Failed) reply).error().code()).isEqualTo(100);
            assertThat(((Reply.Failed) reply).error().temporary()).isTrue();
        } finally {
            keys.stop(0);
        }
    }
}
