package dev.heliograph.server.transport;

import dev.heliograph.server.session.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A connection over plain TCP: its socket belongs to the selector of the loop, and it holds neither a thread nor a
/// buffer while it is idle.
final class PlainConnection extends Connection {

    private final SocketChannel channel;
    private @Nullable SelectionKey key;

    /// The socket's send buffer did not take all of the last write.
    private boolean full;

    /// The selector will say when it takes more; another write before would be in vain.
    private boolean waiting;

    /// @param channel non-blocking
    PlainConnection(EventLoop loop, SocketChannel channel, Accepted accepted, Function<Link, Handler> owner) {
        super(loop, accepted, owner);
        this.channel = channel;
    }

    /// Begins to read; on the loop's thread.
    ///
    /// @param early what the peer sent right behind its handshake
    void open(Selector selector, byte[] early) {
        try {
            key = channel.register(selector, SelectionKey.OP_READ, this);
        } catch (IOException _) {
            lost();
            return;
        }
        if (early.length > 0) {
            received(ByteBuffer.wrap(early));
        }
    }

    /// The selector says that there is something to do.
    void ready(int ops, ByteBuffer readBuffer) {
        if ((ops & SelectionKey.OP_WRITE) != 0) {
            full = false;
            waiting = false;
            flush();
        }
        if ((ops & SelectionKey.OP_READ) != 0 && channel.isOpen()) {
            readBuffer.clear();
            int count;
            try {
                count = channel.read(readBuffer);
            } catch (IOException _) {
                count = -1;
            }
            if (count < 0) {
                lost();
            } else if (count > 0) {
                received(readBuffer.flip());
            }
        }
    }

    @Override
    void flush() {
        if (waiting) {
            return;
        }
        boolean progress = false;
        ByteBuffer buffer = loop().writeBuffer();
        while (!outboxEmpty()) {
            buffer.clear();
            outbox().copyTo(buffer);
            buffer.flip();
            int length = buffer.remaining();
            int written = writeNow(buffer);
            if (written < 0) {
                return;
            }
            outbox().consumed(written);
            progress |= written > 0;
            if (written < length) {
                waiting = true;
                blocked(progress);
                interest(SelectionKey.OP_WRITE, true);
                return;
            }
        }
        interest(SelectionKey.OP_WRITE, false);
        flushed();
    }

    @Override
    int writeNow(ByteBuffer bytes) {
        try {
            int written = channel.write(bytes);
            loop().meter().sent(written);
            full = bytes.hasRemaining();
            return written;
        } catch (IOException _) {
            lost();
            return -1;
        }
    }

    @Override
    boolean behind() {
        return full;
    }

    @Override
    void shutdownOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException _) {
            lost();
        }
    }

    @Override
    void closeSocket() {
        try {
            channel.close();
        } catch (IOException _) {
            // It is closed all the same.
        }
    }

    @Override
    void readSocket(boolean enabled) {
        interest(SelectionKey.OP_READ, enabled);
    }

    private void interest(int op, boolean on) {
        SelectionKey k = key;
        if (k != null && k.isValid()) {
            int ops = on ? k.interestOps() | op : k.interestOps() & ~op;
            if (ops != k.interestOps()) {
                k.interestOps(ops);
            }
        }
    }
}
