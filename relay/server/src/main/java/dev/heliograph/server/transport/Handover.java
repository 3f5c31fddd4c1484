package dev.heliograph.server.transport;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.NioSocket;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// Takes the socket of a plain TCP connection out of Helidon after the WebSocket handshake, so that an event loop can
/// own it and Helidon's virtual thread, with its stack and buffers, can end.
///
/// Helidon has no extension point for that. The channel is in a private final field of its `NioSocket`, read and
/// replaced by reflection: with a [DetachedChannel] in its place, Helidon's clean-up closes nothing of ours. This is
/// the only class that knows. [#probe] tries it on a socket pair at start-up; where it does not work (a later JDK
/// without `--enable-final-field-mutation`, another Helidon), connections stay on Helidon's virtual threads and are
/// served by [StreamConnection], at more memory each.
final class Handover {

    private final Field delegate;

    private Handover(Field delegate) {
        this.delegate = delegate;
    }

    /// A working handover, or nothing and the reason in the log of the caller.
    static Optional<Handover> probe() throws IOException {
        Field field;
        try {
            field = NioSocket.class.getDeclaredField("delegate");
            field.setAccessible(true);
        } catch (NoSuchFieldException | RuntimeException e) {
            return Optional.empty();
        }
        Handover handover = new Handover(field);
        return handover.works() ? Optional.of(handover) : Optional.empty();
    }

    /// The connection's channel, non-blocking, which is the caller's from now on; nothing if this is not plain
    /// TCP.
    Optional<SocketChannel> take(HelidonSocket socket) throws IOException {
        if (!(socket instanceof NioSocket nio) || socket.isSecure()) {
            return Optional.empty();
        }
        try {
            SocketChannel channel = (SocketChannel) delegate.get(nio);
            delegate.set(nio, DetachedChannel.INSTANCE);
            channel.configureBlocking(false);
            return Optional.of(channel);
        } catch (IllegalAccessException _) {
            return Optional.empty();
        }
    }

    /// Takes the server's end of a real connection and sends a byte through it after Helidon's end was closed.
    private boolean works() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
                NioSocket socket = NioSocket.server(listener.accept(), "probe", "probe");
                Optional<SocketChannel> taken = take(socket);
                socket.close();
                if (taken.isEmpty()) {
                    return false;
                }
                try (SocketChannel channel = taken.get()) {
                    channel.write(ByteBuffer.wrap(new byte[] {42}));
                    ByteBuffer echo = ByteBuffer.allocate(1);
                    return client.read(echo) == 1 && echo.get(0) == 42;
                }
            }
        }
    }
}
