package dev.heliograph.server.auth;

import dev.heliograph.server.config.TokenConfig;

class StaticKeysContractTest extends KeySourceContract {

    @Override
    KeySource source() {
        return StaticKeys.of(new TokenConfig("", "", Keys.RSA.pem(), Keys.P256.pem(), "", "", "", "", "", ""));
    }
}
