package dev.heliograph.server.http;

import dev.heliograph.server.config.HttpServerConfig;
import dev.heliograph.server.config.Pem;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.common.tls.TlsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// TLS of a web server: 1.2 and 1.3, with a certificate as the configuration names it.
public final class ServerTls {

    private ServerTls() {}

    /// @param cert     the certificate chain: PEM, or the path of a file
    /// @param key      the private key: PKCS#8 PEM, or the path of a file
    /// @param clientCa authorities, one of which must have signed the certificate of a client; empty to ask for
    ///                 none
    public static Tls of(String cert, String key, String clientCa) {
        Keys keys = Keys.builder()
                .pem(pem -> pem.key(pem(key)).certChain(pem(cert)))
                .build();
        TlsConfig.Builder tls = TlsConfig.builder()
                .privateKey(keys)
                .privateKeyCertChain(keys)
                .addEnabledProtocol("TLSv1.3")
                .addEnabledProtocol("TLSv1.2");
        if (!clientCa.isEmpty()) {
            tls.clientAuth(TlsClientAuth.REQUIRED).trust(Pem.certificates(text(clientCa)));
        }
        return Tls.create(tls.buildPrototype());
    }

    private static Resource pem(String textOrPath) {
        return HttpServerConfig.isPem(textOrPath)
                ? Resource.create("configuration", Pem.unfolded(textOrPath))
                : Resource.create(Path.of(textOrPath));
    }

    private static String text(String textOrPath) {
        try {
            return HttpServerConfig.isPem(textOrPath) ? textOrPath : Files.readString(Path.of(textOrPath));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
