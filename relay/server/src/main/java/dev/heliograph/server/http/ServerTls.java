package dev.heliograph.server.http;

import dev.heliograph.server.config.ServerCertificate;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.common.tls.TlsConfig;

/// TLS of a web server: 1.2 and 1.3.
public final class ServerTls {

    private ServerTls() {}

    /// TLS with a certificate, and with certificates of clients if there are authorities for them.
    public static Tls of(ServerCertificate certificate) {
        TlsConfig.Builder tls = TlsConfig.builder()
                .privateKey(certificate.key())
                .privateKeyCertChain(certificate.chain())
                .addEnabledProtocol("TLSv1.3")
                .addEnabledProtocol("TLSv1.2");
        if (!certificate.clientAuthorities().isEmpty()) {
            tls.clientAuth(TlsClientAuth.REQUIRED).trust(certificate.clientAuthorities());
        }
        return Tls.create(tls.buildPrototype());
    }
}
