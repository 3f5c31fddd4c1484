package dev.heliograph.console.api;

import java.nio.file.Path;
import java.util.Map;

/// Which servers are believed to be of the cluster, where they are reached with TLS.
public sealed interface Trust {

    /// Those with a certificate for their name by an authority that Java knows.
    record Known() implements Trust {}

    /// Those with a certificate for their name by an authority of the operator's choice.
    ///
    /// @param pem file with the certificates of authorities; read for each new connection pool
    record Authority(Path pem) implements Trust {}

    /// Those that show a certificate that the operator has confirmed. Neither its names nor its end matter then.
    ///
    /// @param fingerprints SHA-256 as [Certificates#fingerprint] writes it, by `host:port`. The nodes of a
    ///                     cluster may share one: each is accepted at each address
    record Pinned(Map<String, String> fingerprints) implements Trust {

        public Pinned {
            fingerprints = Map.copyOf(fingerprints);
        }
    }
}
