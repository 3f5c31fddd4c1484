package dev.heliograph.server.transport;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The channel that Helidon is left with after a handover: not connected to anything. Closing and shutting it
/// down do nothing, so that Helidon's clean-up of the connection passes; reading and writing fail. It has no
/// file descriptor, and one instance serves all.
final class DetachedChannel extends SocketChannel {

    static final DetachedChannel INSTANCE = new DetachedChannel();

    private DetachedChannel() {
        super(SelectorProvider.provider());
    }

    @Override
    public SocketChannel bind(SocketAddress local) throws IOException {
        throw new ClosedChannelException();
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) {
        return this;
    }

    @Override
    @SuppressWarnings("NullAway")
    public <T> @Nullable T getOption(SocketOption<T> name) {
        return null;
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public SocketChannel shutdownInput() {
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() {
        return this;
    }

    @Override
    public Socket socket() {
        return new Socket();
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        throw new ClosedChannelException();
    }

    @Override
    public boolean finishConnect() throws IOException {
        throw new ClosedChannelException();
    }

    @Override
    @SuppressWarnings("NullAway")
    public @Nullable SocketAddress getRemoteAddress() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public @Nullable SocketAddress getLocalAddress() {
        return null;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        throw new ClosedChannelException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        throw new ClosedChannelException();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        throw new ClosedChannelException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        throw new ClosedChannelException();
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
}
