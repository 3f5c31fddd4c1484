package dev.heliograph.server.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What peers send that are no clients of the API.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminRawTest {

    /// Long enough for every wait of the relay; a read that takes longer fails the test.
    private static final int PATIENCE_MILLIS = 30_000;

    @TempDir
    private static Path directory;

    private AdminUnderTest api;

    @BeforeAll
    void start() {
        api = new AdminUnderTest(directory, "");
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", api.relay().adminPort().orElseThrow());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /// All that comes until the relay ends the connection.
    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    @Test
    void silentPeersAreCutOff() throws IOException {
        try (Socket silent = connect();
                Socket half = connect()) {
            half.getOutputStream().write("GET /v1/nodes HTTP/1.1\r\nHost: a\r\nX-".getBytes(US_ASCII));
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(half.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void headersThatAreTooLongAreRefused() throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /v1/nodes HTTP/1.1\r\nHost: a\r\nX-Long: ".getBytes(US_ASCII));
            try {
                for (int i = 0; i < 64; i++) {
                    out.write("x".repeat(1_024).getBytes(US_ASCII));
                }
                out.write("\r\n\r\n".getBytes(US_ASCII));
            } catch (IOException _) {
                // It may have refused before it had all.
            }
            assertThat(answerOrReset(socket)).doesNotContain("200 OK");
        }
        assertThat(api.get(Role.VIEWER, "/v1/nodes").status()).isEqualTo(200);
    }

    private static String answerOrReset(Socket socket) {
        try {
            return readAll(socket);
        } catch (IOException _) {
            return "";
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItIsRead() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("""
                            POST /v1/tokens HTTP/1.1\r
                            Host: a\r
                            Authorization: Bearer %s\r
                            Content-Length: 999999999\r
                            Content-Type: application/json\r
                            \r
                            {""".formatted(api.token(Role.ADMIN)).getBytes(US_ASCII));
            byte[] head = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertThat(new String(head, US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void aLineFeedInAHeaderMakesNoLineInTheAuditRecord() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("""
                            DELETE /v1/tokens/x?reason=a%%0d%%0aforged%%20line HTTP/1.1\r
                            Host: a\r
                            Authorization: Bearer %s\r
                            \r
                            """.formatted(api.token(Role.ADMIN)).getBytes(US_ASCII));
            byte[] head = socket.getInputStream().readNBytes("HTTP/1.1 404".length());
            assertThat(new String(head, US_ASCII)).isEqualTo("HTTP/1.1 404");
        }
        // In JSON it is one text, escaped.
        assertThat(api.get(Role.OPERATOR, "/v1/audit?limit=1").response().body())
                .contains("a\\r\\nforged line")
                .doesNotContain("\n");
    }
}
