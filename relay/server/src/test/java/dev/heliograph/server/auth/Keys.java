package dev.heliograph.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/// Key pairs of issuers: made once, because RSA keys take their time.
enum Keys {
    RSA("RSA", 2048, JWSAlgorithm.RS256),
    OTHER_RSA("RSA", 2048, JWSAlgorithm.RS256),
    SHORT_RSA("RSA", 1024, JWSAlgorithm.RS256),
    P256("EC", 256, JWSAlgorithm.ES256),
    OTHER_P256("EC", 256, JWSAlgorithm.ES256),
    P384("EC", 384, JWSAlgorithm.ES384),
    P521("EC", 521, JWSAlgorithm.ES512),
    ED25519("Ed25519", 255, JWSAlgorithm.EdDSA),
    OTHER_ED25519("Ed25519", 255, JWSAlgorithm.EdDSA);

    private final KeyPair pair;
    private final JWSAlgorithm algorithm;

    Keys(String type, int size, JWSAlgorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(size);
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        this.algorithm = algorithm;
    }

    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /// A token of the algorithm that goes with the key.
    String token(String payload) {
        return token(algorithm, payload);
    }

    String token(JWSAlgorithm with, String payload) {
        return token(new JWSHeader(with), payload);
    }

    /// A token that names the key.
    String token(String kid, JWSAlgorithm with, String payload) {
        return token(new JWSHeader.Builder(with).keyID(kid).build(), payload);
    }

    String token(JWSHeader header, String payload) {
        try {
            return switch (pair.getPrivate().getAlgorithm()) {
                case "RSA" -> Tokens.signed(header, payload, new RSASSASigner(pair.getPrivate(), true));
                case "EC" -> Tokens.signed(header, payload, new ECDSASigner((ECPrivateKey) pair.getPrivate()));
                default -> Tokens.ed25519(header, payload, pair.getPrivate());
            };
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    JWSAlgorithm algorithm() {
        return algorithm;
    }

    /// The public key as a JWK with an id; `members` is more JSON for it, such as `,"use":"sig"`.
    String jwk(String kid, String members) {
        String json = switch (pair.getPublic()) {
            case RSAPublicKey rsa -> new RSAKey.Builder(rsa).keyID(kid).build().toJSONString();
            case ECPublicKey ec ->
                new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec)
                        .keyID(kid)
                        .build()
                        .toJSONString();
            default ->
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"%s\",\"x\":\"%s\"}"
                        .formatted(kid, Base64URL.encode(raw()));
        };
        return json.substring(0, json.length() - 1) + members + "}";
    }

    String jwk(String kid) {
        return jwk(kid, "");
    }

    /// The last 32 bytes of the encoded form are the key.
    private byte[] raw() {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }
}
