package dev.heliograph.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import dev.heliograph.server.config.Pem;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Set;

/// RSA and elliptic curve keys, verified by Nimbus.
///
/// @param algorithms what the key is allowed to verify, narrower than what Nimbus would
record PublicKeyVerification(JWSVerifier verifier, Set<JWSAlgorithm> algorithms) implements VerificationKey {

    private static final Set<JWSAlgorithm> RSA = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512);

    private static final Map<Curve, JWSAlgorithm> CURVES = Map.of(
            Curve.P_256, JWSAlgorithm.ES256,
            Curve.P_384, JWSAlgorithm.ES384,
            Curve.P_521, JWSAlgorithm.ES512);

    /// @throws IllegalArgumentException if the key is too short
    static PublicKeyVerification of(RSAPublicKey key) {
        if (key.getModulus().bitLength() < Pem.MIN_RSA_BITS) {
            throw new IllegalArgumentException("an RSA key needs at least " + Pem.MIN_RSA_BITS + " bits");
        }
        return new PublicKeyVerification(new RSASSAVerifier(key), RSA);
    }

    /// @throws IllegalArgumentException if its curve is not one of P-256, P-384 and P-521
    static PublicKeyVerification of(ECPublicKey key) {
        Curve curve = Curve.forECParameterSpec(key.getParams());
        JWSAlgorithm algorithm = curve == null ? null : CURVES.get(curve);
        if (algorithm == null) {
            throw new IllegalArgumentException("unsupported curve: " + curve);
        }
        try {
            return new PublicKeyVerification(new ECDSAVerifier(key), Set.of(algorithm));
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public boolean fits(JWSAlgorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    @Override
    public boolean verifies(JWSObject token) {
        try {
            return verifier.verify(token.getHeader(), token.getSigningInput(), token.getSignature());
        } catch (JOSEException _) {
            return false;
        }
    }
}
