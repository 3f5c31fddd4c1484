package dev.heliograph.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server that answers as a test says, in place of a node.
public final class StubNode implements AutoCloseable {

    /// What was asked of it.
    ///
    /// @param header of authorisation
    public record Request(String method, String target, String header, String body) {}

    /// What is answered.
    public record Answer(int status, String body) {

        public static Answer ok(String json) {
            return new Answer(200, json);
        }

        public static Answer error(int status, String code, String message) {
            return new Answer(status, "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message));
        }
    }

    /// Decides what is answered; may block.
    @FunctionalInterface
    public interface Behaviour {
        Answer answer(Request request) throws Exception;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Behaviour behaviour;

    public StubNode(Behaviour behaviour) {
        this(0, behaviour);
    }

    /// @param port to listen on; 0 for a free one
    public StubNode(int port, Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// Who asks is this one, in this role.
    public static StubNode of(String operator, String role) {
        return new StubNode(_ -> whoAmI(operator, role));
    }

    public static Answer whoAmI(String operator, String role) {
        return Answer.ok("{\"name\":\"%s\",\"role\":\"%s\",\"from\":\"127.0.0.1\"}".formatted(operator, role));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public void become(Behaviour next) {
        behaviour = next;
    }

    public List<Request> requests() {
        return requests;
    }

    /// Waits until the server is closed, as one does that hangs.
    public void hang() throws InterruptedException {
        closed.await();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        requests.add(request);
        try {
            Answer answer = behaviour.answer(request);
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
