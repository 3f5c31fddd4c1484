package dev.heliograph.server.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/// Tokens that no issuer of good faith makes, and those of algorithms that the relay itself never signs with.
final class Tokens {

    private Tokens() {}

    /// A payload of any text.
    static String hs256(String secret, String payload) {
        return hmac(secret, JWSAlgorithm.HS256, "{\"alg\":\"HS256\"}", payload);
    }

    /// Any header, signed with HMAC whatever it says.
    static String hmac(String secret, JWSAlgorithm algorithm, String header, String payload) {
        String input = Base64URL.encode(header) + "." + Base64URL.encode(payload);
        return input + "." + Base64URL.encode(new HmacKey(secret).sign(algorithm, input.getBytes(US_ASCII)));
    }

    static String signed(JWSHeader header, String payload, JWSSigner signer) {
        JWSObject token = new JWSObject(header, new Payload(payload));
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return token.serialize();
    }

    static String ed25519(JWSHeader header, String payload, PrivateKey key) {
        String input = header.toBase64URL() + "." + Base64URL.encode(payload);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(input.getBytes(US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
