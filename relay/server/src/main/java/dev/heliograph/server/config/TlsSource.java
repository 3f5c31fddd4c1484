package dev.heliograph.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Where a configuration says that the certificate of a port is. Its text shows no key.
///
/// @param section  of the configuration, such as `http_server.tls`; before `.enabled`, `.cert_pem` and `.key_pem`
/// @param cert     the certificate chain: PEM, or the path of a file
/// @param key      the private key: PKCS#8 PEM, or the path of a file
/// @param clientCa authorities one of which must have signed the certificate of a client; empty to ask for none
public record TlsSource(String section, String cert, String key, String clientCa) {

    /// Reads it, with the files that it names.
    ///
    /// @throws ConfigException with what is wrong; it repeats nothing of what was read
    public ServerCertificate read() {
        List<String> problems = new ArrayList<>();
        return ServerCertificate.read(this, (setting, reason) -> problems.add(setting + ": " + reason))
                .filter(_ -> problems.isEmpty())
                .orElseThrow(() -> new ConfigException(problems));
    }

    /// The same for a port that is open already.
    ///
    /// @throws ConfigException also if clients would begin or cease to be asked for certificates
    public ServerCertificate readInsteadOf(ServerCertificate current) {
        ServerCertificate next = read();
        if (next.clientAuthorities().isEmpty() != current.clientAuthorities().isEmpty()) {
            throw new ConfigException(
                    List.of(section + ".client_ca_pem: can not be set or removed while the relay runs; restart it"));
        }
        return next;
    }

    /// Adds what is wrong to the problems of a configuration.
    void check(BiConsumer<String, String> problems) {
        ServerCertificate.read(this, problems);
    }

    @Override
    public String toString() {
        return "TlsSource[" + section + "]";
    }
}
