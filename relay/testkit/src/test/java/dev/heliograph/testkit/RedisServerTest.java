package dev.heliograph.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {

    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aStartedServerAnswers() {
        try (RedisServer server = RedisServer.start()) {
            assertThat(server.call("SET", "key", "value")).isEqualTo("OK");
            assertThat(server.call("MGET", "key", "other", "key")).isEqualTo("value\n\nvalue");
            assertThat(server.uri()).isEqualTo("redis://127.0.0.1:" + server.port());
            assertThatIllegalStateException()
                    .isThrownBy(() -> server.call("INCR", "key"))
                    .withMessageContaining("not an integer");
        }
    }

    @Test
    void closingEndsTheProcess() {
        RedisServer server = RedisServer.start();
        server.close();
        assertThat(server.isRunning()).isFalse();
        assertThat(ProcessHandle.of(server.pid())).isEmpty();
        server.close();
    }

    @Test
    void aServerRestartedAfterACrashHasItsPortAndItsData() {
        try (RedisServer server = RedisServer.start("--appendonly yes", "--appendfsync always")) {
            int port = server.port();
            long pid = server.pid();
            server.call("SET", "key", "value");
            server.kill();
            assertThat(server.isRunning()).isFalse();
            server.restart();
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.pid()).isNotEqualTo(pid);
            assertThat(server.call("GET", "key")).isEqualTo("value");
        }
    }

    @Test
    void aRunningServerCanBeRestarted() {
        try (RedisServer server = RedisServer.start()) {
            server.call("SET", "key", "value");
            server.restart();
            assertThat(server.call("EXISTS", "key")).isEqualTo("0");
        }
    }

    @Test
    void aPausedServerAnswersWhenItIsResumed() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            server.pause();
            try (Resp impatient = Resp.connect(server.port(), SOON);
                    Resp patient = Resp.connect(server.port(), PATIENCE)) {
                patient.send("PING");
                assertThatThrownBy(() -> impatient.call("PING")).isInstanceOf(SocketTimeoutException.class);
                server.resume();
                assertThat(patient.receive()).isEqualTo("PONG");
            }
        }
    }

    @Test
    void aPausedServerCanBeClosed() {
        RedisServer server = RedisServer.start();
        server.pause();
        server.close();
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void aServerWithAPasswordAndUsersIsReady() throws Exception {
        try (RedisServer server =
                RedisServer.start("--requirepass secret", "--user relay on >other ~* &* +@all -flushall")) {
            assertThat(server.call("PING")).isEqualTo("PONG");
            try (Resp connection = Resp.connect(server.port(), PATIENCE)) {
                assertThatThrownBy(() -> connection.call("PING")).hasMessageStartingWith("NOAUTH");
                assertThat(connection.call("AUTH", "relay", "other")).isEqualTo("OK");
                assertThatThrownBy(() -> connection.call("FLUSHALL")).hasMessageStartingWith("NOPERM");
            }
        }
    }

    @Test
    void aServerWithACertificateListensForTls(@TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.selfSigned(folder);
        try (RedisServer server = RedisServer.start(
                        "--tls-cert-file " + certificate.certificate(),
                        "--tls-key-file " + certificate.key(),
                        "--tls-ca-cert-file " + certificate.certificate(),
                        "--tls-auth-clients no");
                Socket socket = certificate.trusting().getSocketFactory().createSocket("127.0.0.1", server.tlsPort());
                Resp connection = new Resp(socket)) {
            assertThat(connection.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void aServerThatRefusesItsOptionsSaysWhy() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RedisServer.start("--no-such-option yes"))
                .withMessageContaining("no-such-option");
        assertThatIllegalArgumentException().isThrownBy(() -> RedisServer.start("--appendonly"));
    }

    @Test
    void aServerWhosePortWasTakenDoesNotTakeTheOtherForItself() {
        try (RedisServer server = RedisServer.start()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> RedisServer.start("--port " + server.port()))
                    .withMessageContaining("another process took the port");
        }
    }

    @Test
    void aMissingProgramIsNamedWithItsRemedy() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Children.startRedis(new ProcessBuilder("no-such-redis-server")))
                .withMessageContaining("bin/require redis");
    }

    @Test
    void anAbortedTestLeavesNoServerBehind() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Abandoned.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            long pid = Long.parseLong(out.readLine());
            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(ProcessHandle.of(pid)).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }
}
