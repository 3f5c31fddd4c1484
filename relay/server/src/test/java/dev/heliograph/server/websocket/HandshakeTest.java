package dev.heliograph.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

    @Test
    void answersTheKeyOfTheRfc() {
        assertThat(Handshake.acceptKey("dGhlIHNhbXBsZSBub25jZQ==")).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dGhlIHNhbXBsZSBub25jZQ",
                "dGhlIHNhbXBsZSBub25jZQ=",
                "dGhlIHNhbXBsZSBub25jZWU=",
                "dGhlIHNhbXBsZSBub25jZWVl",
                "dGhlIHNhbXBsZSBub25j",
                "dGhlIHNhbXBsZSBub25jZQ==dGhlIHNhbXBsZSBub25jZQ==",
                "dGhlIHNhbXBsZSBub25jZ!==",
                " dGhlIHNhbXBsZSBub25jZQ=",
                "dGhlIHNhbXBsZSBub25j_w==",
                "dGhlIHNhbXBsZSBub25jé===",
                "========================"
            })
    void refusesKeysThatAreNotBase64OfSixteenBytes(String key) {
        assertThat(Handshake.acceptKey(key)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "websocket | Upgrade",
                "WebSocket | upgrade",
                "WEBSOCKET | UPGRADE",
                "websocket | keep-alive, Upgrade",
                "websocket | Upgrade,keep-alive",
                "h2c, websocket | 'keep-alive ,\tupgrade '",
                "h2c,WebSocket | close,upgrade"
            })
    void findsTheTokensInListsAndAnyCase(String upgrade, String connection) {
        assertThat(Handshake.isUpgradeRequest(upgrade, connection)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ''",
                "websocket | ''",
                "'' | Upgrade",
                "websocket | keep-alive",
                "h2c | Upgrade",
                "websockets | Upgrade",
                "web socket | Upgrade",
                "websocket | Upgraded",
                "websocket;h2c | Upgrade",
                "Upgrade | websocket"
            })
    void refusesWhatIsNoUpgradeToWebSocket(String upgrade, String connection) {
        assertThat(Handshake.isUpgradeRequest(upgrade, connection)).isFalse();
    }
}
