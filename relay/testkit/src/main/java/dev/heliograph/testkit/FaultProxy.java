package dev.heliograph.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
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
    private volatile Fault fault = Fault.NONE;
    private volatile Duration delay = Duration.ZERO;

    /// What happens to the connections whose client has said something, and to no others.
    private record Fault(Mode mode, byte[] said) {
        static final Fault NONE = new Fault(Mode.PASS, new byte[0]);
    }

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

    /// What was switched to last.
    public Mode mode() {
        return fault.mode;
    }

    /// Switches, and returns when it has: after [Mode#CUT] no connection is left. A closed proxy stays at that.
    public void mode(Mode next) {
        become(new Fault(next, Fault.NONE.said));
    }

    /// Switches those connections, present and future, on which the client has sent a text within its first
    /// 1,024 bytes, from there on; the others pass.
    ///
    /// @param said ASCII
    public void mode(Mode next, String said) {
        become(new Fault(next, said.getBytes(US_ASCII)));
    }

    private void become(Fault next) {
        lock.lock();
        try {
            fault = listener.isClosed() ? new Fault(Mode.CUT, Fault.NONE.said) : next;
            switched.signalAll();
        } finally {
            lock.unlock();
        }
        links.forEach(Link::resetIfCut);
    }

    /// From now on whatever a client sends goes on so much later, in pieces of up to 16 KiB one after the other.
    public void delay(Duration span) {
        delay = span;
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
                if (!link.resetIfCut()) {
                    Thread.startVirtualThread(link::open);
                }
            } catch (IOException _) {
                // Closed, which ends the loop, or a client that went before it was accepted.
            }
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

        private static final int REMEMBERED = 1_024;
        private static final Set<Mode> HELD = Set.of(Mode.HANG);
        private static final Set<Mode> SILENT = Set.of(Mode.HANG, Mode.SWALLOW);

        private final Socket client;
        private final Socket server = new Socket();
        private final AtomicInteger open = new AtomicInteger(2);

        /// What the client sent first. Written before it goes on, so that whoever has an answer finds what led
        /// to it.
        private final byte[] said = new byte[REMEMBERED];

        private volatile int saidLength;

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

        /// The mode that holds for this connection now.
        private Mode mode() {
            Fault now = fault;
            return hasSaid(now.said) ? now.mode : Mode.PASS;
        }

        private boolean hasSaid(byte[] text) {
            int last = saidLength - text.length;
            for (int at = 0; at <= last; at++) {
                if (Arrays.equals(said, at, at + text.length, text, 0, text.length)) {
                    return true;
                }
            }
            return false;
        }

        private void remember(byte[] buffer, int length) {
            int before = saidLength;
            int count = Math.min(length, REMEMBERED - before);
            if (count > 0) {
                System.arraycopy(buffer, 0, said, before, count);
                saidLength = before + count;
            }
        }

        /// Waits while the mode is one of those named, and returns what it is then.
        private Mode awaitOtherThan(Set<Mode> held) {
            lock.lock();
            try {
                Mode mode = mode();
                while (held.contains(mode)) {
                    switched.awaitUninterruptibly();
                    mode = mode();
                }
                return mode;
            } finally {
                lock.unlock();
            }
        }

        private void forth() {
            try {
                byte[] buffer = new byte[BUFFER];
                int length;
                while ((length = read(client, buffer)) >= 0) {
                    pause();
                    server.getOutputStream().write(buffer, 0, length);
                }
                server.shutdownOutput();
                half();
            } catch (IOException _) {
                fail();
            }
        }

        private void pause() throws IOException {
            if (delay.isPositive()) {
                try {
                    Thread.sleep(delay);
                } catch (InterruptedException _) {
                    throw new IOException("interrupted");
                }
            }
        }

        private void back() {
            try {
                byte[] buffer = new byte[BUFFER];
                int length;
                while ((length = read(server, buffer)) >= 0) {
                    if (mode() != Mode.SWALLOW) {
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
            if (from == client) {
                remember(buffer, length);
            }
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

        /// @return whether this connection is cut now
        boolean resetIfCut() {
            boolean cut = mode() == Mode.CUT;
            if (cut) {
                reset();
            }
            return cut;
        }

        void reset() {
            FaultProxy.reset(client);
            FaultProxy.reset(server);
            links.remove(this);
        }
    }
}
