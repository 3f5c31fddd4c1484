package dev.heliograph.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/// Where the connections of one fleet come from: loopback addresses of its own, since the ports of a fleet before are
/// still in TIME_WAIT.
final class Sources {

    /// With many ports of an address in use the system takes milliseconds to find a free one, more than all else that a
    /// client costs: then a fleet would read later than a relay waits for the answer to a close frame.
    private static final int PER_ADDRESS = 250;

    /// Below are 127.0.0.1 and what tests use.
    private static final AtomicInteger FLEETS = new AtomicInteger(100);

    private final int fleet = FLEETS.incrementAndGet();

    /// Begins to connect to a port of this machine.
    ///
    /// @param number of the client in its fleet
    /// @throws IOException if it is refused at once
    SocketChannel connect(int number, int port) throws IOException {
        SocketChannel socket = SocketChannel.open();
        try {
            socket.bind(new InetSocketAddress(
                    "127." + (1 + fleet / 250) + "." + fleet % 250 + "." + (2 + number / PER_ADDRESS), 0));
            socket.configureBlocking(false);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// Writes all of it, however often the socket is full.
    static void write(SocketChannel socket, byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            socket.write(out);
        }
    }
}
