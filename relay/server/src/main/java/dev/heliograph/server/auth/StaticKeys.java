package dev.heliograph.server.auth;

import com.nimbusds.jose.JWSHeader;
import dev.heliograph.server.config.Pem;
import dev.heliograph.server.config.TokenConfig;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The keys that the configuration itself holds. They have no id: a token's `kid` does not matter.
final class StaticKeys implements KeySource {

    private final List<VerificationKey> keys;
    private final boolean previous;

    StaticKeys(List<VerificationKey> keys) {
        this(keys, false);
    }

    private StaticKeys(List<VerificationKey> keys, boolean previous) {
        this.keys = List.copyOf(keys);
        this.previous = previous;
    }

    /// @throws IllegalArgumentException if a key is not readable, naming its option
    static StaticKeys of(TokenConfig config) {
        List<VerificationKey> keys = new ArrayList<>();
        add(keys, "hmac_secret_key", config.hmacSecretKey(), () -> new HmacKey(config.hmacSecretKey()));
        add(
                keys,
                "rsa_public_key",
                config.rsaPublicKey(),
                () -> PublicKeyVerification.of(Pem.publicKey(config.rsaPublicKey(), "RSA", RSAPublicKey.class)));
        add(
                keys,
                "ecdsa_public_key",
                config.ecdsaPublicKey(),
                () -> PublicKeyVerification.of(Pem.publicKey(config.ecdsaPublicKey(), "EC", ECPublicKey.class)));
        return new StaticKeys(keys);
    }

    /// The secret of before, if there is one.
    static StaticKeys previous(TokenConfig config) {
        List<VerificationKey> keys = new ArrayList<>();
        String secret = config.hmacPreviousSecretKey();
        add(keys, "hmac_previous_secret_key", secret, () -> new HmacKey(secret));
        return new StaticKeys(keys, true);
    }

    private static void add(List<VerificationKey> keys, String option, String text, Supplier<VerificationKey> key) {
        if (text.isEmpty()) {
            return;
        }
        try {
            keys.add(key.get());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<VerificationKey> keys(JWSHeader header) {
        return keys.stream().filter(key -> key.fits(header.getAlgorithm())).toList();
    }

    @Override
    public Duration trust() {
        return FOR_GOOD;
    }

    @Override
    public boolean previous() {
        return previous;
    }

    @Override
    public void close() {}
}
