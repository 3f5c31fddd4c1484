package dev.heliograph.server.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The public keys for signatures in a JSON Web Key Set (RFC 7517), by their ids. Immutable.
final class KeySet {

    /// Secrets are never published, so HMAC is not among them.
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA,
            JWSAlgorithm.Ed25519);

    private static final System.Logger LOG = System.getLogger(KeySet.class.getName());

    /// @param only the one algorithm the issuer uses it for, if it says so
    private record Published(VerificationKey key, Optional<JWSAlgorithm> only) {

        boolean fits(JWSAlgorithm algorithm) {
            return key.fits(algorithm) && (only.isEmpty() || only.get().equals(algorithm) || bothEd25519(algorithm));
        }

        /// The same algorithm under its old and its new name (RFC 9864).
        private boolean bothEd25519(JWSAlgorithm algorithm) {
            return key instanceof Ed25519Key && only.filter(key::fits).isPresent() && key.fits(algorithm);
        }
    }

    private final Map<String, List<Published>> byId;

    private KeySet(Map<String, List<Published>> byId) {
        this.byId = byId;
    }

    static boolean supports(JWSAlgorithm algorithm) {
        return ALGORITHMS.contains(algorithm);
    }

    /// Keys that are malformed, of an unknown type, or for something else than signatures are left out: one odd
    /// key must not take the others with it.
    ///
    /// @throws IOException if the text is not a key set
    static KeySet parse(String text) throws IOException {
        JsonNode keys = Claims.JSON.readTree(text).path("keys");
        if (!keys.isArray()) {
            throw new IOException("not a key set");
        }
        Map<String, List<Published>> byId = new HashMap<>();
        for (JsonNode each : keys) {
            try {
                JWK jwk = JWK.parse(each.toString());
                if (jwk.getKeyID() != null && forSignatures(jwk)) {
                    VerificationKey key = key(jwk);
                    Optional<JWSAlgorithm> only =
                            Optional.ofNullable(jwk.getAlgorithm()).map(name -> JWSAlgorithm.parse(name.getName()));
                    byId.computeIfAbsent(jwk.getKeyID(), _ -> new ArrayList<>(1))
                            .add(new Published(key, only));
                }
            } catch (ParseException | JOSEException | RuntimeException e) {
                // Nimbus fails with NullPointerException and the like on some malformed keys.
                LOG.log(Level.DEBUG, () -> "a key of the set is not usable: " + e.getMessage());
            }
        }
        return new KeySet(byId);
    }

    private static boolean forSignatures(JWK jwk) {
        return (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
                && (jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
    }

    private static VerificationKey key(JWK jwk) throws JOSEException {
        return switch (jwk) {
            case RSAKey rsa -> PublicKeyVerification.of(rsa.toRSAPublicKey());
            case ECKey ec -> PublicKeyVerification.of(ec.toECPublicKey());
            case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) -> new Ed25519Key(pair.getDecodedX());
            default -> throw new IllegalArgumentException("unsupported type " + jwk.getKeyType());
        };
    }

    boolean knows(String id) {
        return byId.containsKey(id);
    }

    List<VerificationKey> find(String id, JWSAlgorithm algorithm) {
        return byId.getOrDefault(id, List.of()).stream()
                .filter(published -> published.fits(algorithm))
                .map(Published::key)
                .toList();
    }
}
