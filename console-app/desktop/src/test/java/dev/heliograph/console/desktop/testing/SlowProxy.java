package dev.heliograph.console.desktop.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// Stands before a node and hands on what it answers later than it was answered, WebSockets included.
public final class SlowProxy implements AutoCloseable {

    private record Part(long due, ByteBuffer bytes) {}

    private final ServerSocket server;
    private final URI upstream;
    private final Duration delay;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    public SlowProxy(URI upstream, Duration delay) {
        this.upstream = upstream;
        this.delay = delay;
        try {
            server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket node = new Socket(upstream.getHost(), upstream.getPort());
                sockets.add(client);
                sockets.add(node);
                BlockingQueue<Part> late = new LinkedBlockingQueue<>();
                Thread.ofVirtual().start(() -> copy(client, node));
                Thread.ofVirtual().start(() -> read(node, late));
                Thread.ofVirtual().start(() -> write(late, client));
            }
        } catch (IOException _) {
            // It was closed.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // One of them has gone.
        }
    }

    private void read(Socket from, BlockingQueue<Part> late) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            int read;
            while ((read = in.read(buffer)) >= 0) {
                late.add(new Part(System.nanoTime() + delay.toNanos(), ByteBuffer.wrap(Arrays.copyOf(buffer, read))));
            }
        } catch (IOException _) {
            // It has gone.
        }
        late.add(new Part(System.nanoTime(), ByteBuffer.allocate(0)));
    }

    private static void write(BlockingQueue<Part> late, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            Part part = late.take();
            while (part.bytes().hasRemaining()) {
                long left = part.due() - System.nanoTime();
                if (left > 0) {
                    // The delay is what this is for.
                    Thread.sleep(Duration.ofNanos(left));
                }
                out.write(part.bytes().array());
                part = late.take();
            }
        } catch (IOException | InterruptedException _) {
            // It has gone, or the test is over.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
