package dev.heliograph.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A self-signed certificate for a test's server, made by the JDK's keytool, and a client that trusts it.
///
/// @param certificate PEM file
/// @param key         PEM file, PKCS#8
/// @param trusting    trusts this certificate alone
public record Certificate(Path certificate, Path key, SSLContext trusting) {

    private static final String PASSWORD = "changeit";
    private static final String LOCAL = "ip:127.0.0.1,dns:localhost";

    /// Makes one, good for 127.0.0.1 and localhost.
    ///
    /// @param folder for its files
    public static Certificate selfSigned(Path folder) throws Exception {
        return selfSigned(folder, LOCAL);
    }

    /// Makes one.
    ///
    /// @param folder for its files
    /// @param names  that it is good for, as keytool writes them: `dns:a.example,ip:127.0.0.1`
    public static Certificate selfSigned(Path folder, String names) throws Exception {
        return selfSigned(folder, names, 2);
    }

    /// Makes one, good for 127.0.0.1 and localhost, instead of the one that the folder has.
    ///
    /// @param days for which it is good
    public static Certificate selfSigned(Path folder, int days) throws Exception {
        return selfSigned(folder, LOCAL, days);
    }

    private static Certificate selfSigned(Path folder, String names, int days) throws Exception {
        Path store = folder.resolve("server.p12");
        Files.deleteIfExists(store);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=" + names,
                        "-validity",
                        Integer.toString(days),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + output);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Path certificate = pem(
                folder.resolve("cert.pem"),
                "CERTIFICATE",
                keys.getCertificate("server").getEncoded());
        Path key = pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return new Certificate(certificate, key, context);
    }

    private static Path pem(Path file, String type, byte[] der) throws Exception {
        return Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END " + type + "-----\n");
    }
}
