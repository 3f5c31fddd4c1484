package dev.heliograph.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A self-signed certificate for a test's server, made by the JDK's keytool, and a client that trusts it.
///
/// @param options those with which a server presents it
record Certificate(List<String> options, SSLContext trusting) {

    private static final String PASSWORD = "for-tests-only";

    static Certificate selfSigned(Path folder) throws Exception {
        Path store = folder.resolve("redis.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String arguments = "-genkeypair -alias redis -keyalg EC -groupname secp256r1 -dname CN=localhost"
                + " -ext san=ip:127.0.0.1 -validity 2 -storetype PKCS12 -storepass " + PASSWORD + " -keystore";
        List<String> command = new ArrayList<>(List.of(keytool.toString()));
        command.addAll(List.of(arguments.split(" ")));
        command.add(store.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + output);
        }
        KeyStore own = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        java.security.cert.Certificate certificate = own.getCertificate("redis");
        Path chain = pem(folder.resolve("cert.pem"), "CERTIFICATE", certificate.getEncoded());
        Path key = pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                own.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
        return new Certificate(
                List.of(
                        "--tls-cert-file " + chain,
                        "--tls-key-file " + key,
                        "--tls-ca-cert-file " + chain,
                        "--tls-auth-clients no"),
                trusting);
    }

    private static Path pem(Path file, String type, byte[] content) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }
}
