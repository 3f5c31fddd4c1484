package dev.heliograph.server.redis;

import dev.heliograph.server.config.RedisTlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// TLS to Redis: whom to trust, who we are, and which name a server must have.
final class Tls {

    /// Key stores want one, even if they never leave the memory.
    private static final char[] PASSWORD = "memory".toCharArray();

    private Tls() {}

    /// Certificates must be good for the name of the server (RFC 2818).
    static SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    static SSLSocketFactory factory(RedisTlsConfig config) {
        try {
            KeyManagerFactory keys = null;
            if (!config.certificates().isEmpty()) {
                keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(ownKey(config), PASSWORD);
            }
            TrustManagerFactory trust = null;
            if (!config.serverCas().isEmpty()) {
                trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(trusted(config.serverCas()));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            // Without them Java's own trust store says what is good.
            context.init(
                    keys == null ? null : keys.getKeyManagers(), trust == null ? null : trust.getTrustManagers(), null);
            return config.serverName().isEmpty()
                    ? context.getSocketFactory()
                    : new NamedServer(context.getSocketFactory(), config.serverName());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("broker.redis.tls: " + e.getMessage(), e);
        }
    }

    private static KeyStore trusted(List<X509Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("ca" + i, certificates.get(i));
        }
        return store;
    }

    private static KeyStore ownKey(RedisTlsConfig config) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client",
                config.key().orElseThrow(),
                PASSWORD,
                config.certificates().toArray(new X509Certificate[0]));
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /// Takes every server for the one of a name: the name is asked for (SNI), and the certificate must be good
    /// for it.
    private static final class NamedServer extends SSLSocketFactory {

        private final SSLSocketFactory factory;
        private final String name;

        NamedServer(SSLSocketFactory factory, String name) {
            this.factory = factory;
            this.name = name;
        }

        @Override
        public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
            return factory.createSocket(connected, name, port, autoClose);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }

        // Whoever connects by these gets a certificate for the name, too.

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return over(new Socket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return over(new Socket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return over(new Socket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return over(new Socket(host, port, local, localPort));
        }

        private Socket over(Socket connected) throws IOException {
            return factory.createSocket(connected, name, connected.getPort(), true);
        }
    }
}
