package dev.heliograph.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A TCP proxy on 127.0.0.1 in front of another port, with faults that can be switched at any time, from any
/// thread. A switch holds for every byte that is sent after it. A connection buffers a fixed amount in each
/// direction.
public final class FaultProxy implements AutoCloseable {

    /// What happens to connections.
    public enum Mode {
        /// Bytes go both ways.
        PASS,
        /// What the upstream sends, its end included, is read and thrown away; what the client sends goes on.
        SWALLOW,
        /// Nothing goes on in either direction, and nothing ends. Bytes wait, and go on with another mode.
        HANG,
        /// Connections are reset, those that there are and those that come.
        CUT
    }

    private static final int BUFFER = 16 * 1024;
    private static final int CONNECT_MILLIS = 10_000;
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final ServerSocket listener;
    private final int upstream;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition switched = lock.newCondition();
    private volatile Mode mode = Mode.PASS;

    private FaultProxy(ServerSocket listener, int upstream) {
        this.listener = listener;
        this.upstream = upstream;
    }

    /// Starts a proxy that passes everything. Nobody needs to listen upstream yet.
    ///
    /// @param upstream a port of 127.0.0.1
    public static FaultProxy start(int upstream) {
        try {
            FaultProxy proxy = new FaultProxy(new ServerSocket(0, 0, LOOPBACK), upstream);
            Thread.startVirtualThread(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Host and port, as in `127.0.0.1:6379`.
    public String address() {
        return "127.0.0.1:" + port();
    }

    public Mode mode() {
        return mode;
    }

    /// Switches, and returns when it has: after [Mode#CUT] no connection is left. A closed proxy stays at that.
    public void mode(Mode next) {
        Mode actual;
        lock.lock();
        try {
            actual = listener.isClosed() ? Mode.CUT : next;
            mode = actual;
            switched.signalAll();
        } finally {
            lock.unlock();
        }
        if (actual == Mode.CUT) {
            links.forEach(Link::reset);
        }
    }

    /// How many connections there are now.
    public int connections() {
        return links.size();
    }

    /// Resets the connections and listens no longer.
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            mode(Mode.CUT);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Link link = new Link(listener.accept());
                links.add(link);
                // After it is in the set, so that either this or the switch to CUT sees the other.
                if (mode == Mode.CUT) {
                    link.reset();
                } else {
                    Thread.startVirtualThread(link::open);
                }
            } catch (IOException _) {
                // Closed, which ends the loop, or a client that went before it was accepted.
            }
        }
    }

    /// Waits while the mode is one of those named, and returns what it is then.
    private Mode awaitOtherThan(Set<Mode> held) {
        lock.lock();
        try {
            while (held.contains(mode)) {
                switched.awaitUninterruptibly();
            }
            return mode;
        } finally {
            lock.unlock();
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException _) {
            // Closed already.
        }
    }

    /// A client's connection and the one upstream that belongs to it.
    private final class Link {

        private static final Set<Mode> HELD = Set.of(Mode.HANG);
        private static final Set<Mode> SILENT = Set.of(Mode.HANG, Mode.SWALLOW);

        private final Socket client;
        private final Socket server = new Socket();
        private final AtomicInteger open = new AtomicInteger(2);

        Link(Socket client) {
            this.client = client;
        }

        void open() {
            try {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                server.connect(new InetSocketAddress(LOOPBACK, upstream), CONNECT_MILLIS);
            } catch (IOException _) {
                fail();
                return;
            }
            Thread.startVirtualThread(this::forth);
            back();
        }

        private void forth() {
            try {
                byte[] buffer = new byte[BUFFER];
                int length;
                while ((length = read(client, buffer)) >= 0) {
                    server.getOutputStream().write(buffer, 0, length);
                }
                server.shutdownOutput();
                half();
            } catch (IOException _) {
                fail();
            }
        }

        private void back() {
            try {
                byte[] buffer = new byte[BUFFER];
                int length;
                while ((length = read(server, buffer)) >= 0) {
                    if (mode != Mode.SWALLOW) {
                        client.getOutputStream().write(buffer, 0, length);
                    }
                }
                awaitOtherThan(SILENT);
                client.shutdownOutput();
                half();
            } catch (IOException _) {
                fail();
            }
        }

        /// Looks at the mode before, so as not to read, and after, since it may have changed while there was
        /// nothing.
        private int read(Socket from, byte[] buffer) throws IOException {
            requireNotCut();
            int length = from.getInputStream().read(buffer);
            requireNotCut();
            return length;
        }

        /// What was held back when the connection is cut must not slip through before the sockets are reset.
        private void requireNotCut() throws IOException {
            if (awaitOtherThan(HELD) == Mode.CUT) {
                throw new IOException("cut");
            }
        }

        private void half() {
            if (open.decrementAndGet() == 0) {
                reset();
            }
        }

        /// One side is gone. The client hears of that only in a mode that lets it hear.
        private void fail() {
            awaitOtherThan(HELD);
            FaultProxy.reset(server);
            awaitOtherThan(SILENT);
            reset();
        }

        void reset() {
            FaultProxy.reset(client);
            FaultProxy.reset(server);
            links.remove(this);
        }
    }
}
