package dev.heliograph.server.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;

/// A key that checks signatures of the algorithms of its own type, and of no other: that no algorithm is taken from a
/// token's header without asking the key is what rules out algorithm confusion. Threadsafe.
public interface VerificationKey {

    /// Whether the algorithm is one of this key's type (for elliptic curves: of its curve).
    boolean fits(JWSAlgorithm algorithm);

    /// Whether the token bears this key's signature.
    boolean verifies(JWSObject token);
}
