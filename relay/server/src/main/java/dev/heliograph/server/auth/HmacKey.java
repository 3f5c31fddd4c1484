package dev.heliograph.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A shared secret, for HS256, HS384 and HS512.
///
/// Nimbus' own MACVerifier refuses secrets shorter than the hash, as RFC 7518 asks. Back ends that issue tokens
/// for this protocol are set up with whatever secret they have, often a short one in development, so the length
/// is the operator's choice here.
final class HmacKey implements VerificationKey {

    private static final Map<JWSAlgorithm, String> MACS = Map.of(
            JWSAlgorithm.HS256, "HmacSHA256",
            JWSAlgorithm.HS384, "HmacSHA384",
            JWSAlgorithm.HS512, "HmacSHA512");

    private final byte[] secret;

    HmacKey(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the HMAC secret is empty");
        }
        this.secret = secret.getBytes(UTF_8);
    }

    @Override
    public boolean fits(JWSAlgorithm algorithm) {
        return MACS.containsKey(algorithm);
    }

    @Override
    public boolean verifies(JWSObject token) {
        byte[] expected = sign(token.getHeader().getAlgorithm(), token.getSigningInput());
        return MessageDigest.isEqual(expected, token.getSignature().decode());
    }

    byte[] sign(JWSAlgorithm algorithm, byte[] input) {
        String name = MACS.get(algorithm);
        if (name == null) {
            throw new IllegalArgumentException("not an HMAC algorithm: " + algorithm);
        }
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret, name));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
