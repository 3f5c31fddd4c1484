package dev.heliograph.server.transport;

import dev.heliograph.server.session.Link;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// A connection whose socket stays with Helidon: TLS, or plain TCP where the handover does not work.
///
/// Sessions, framing and outbox are those of every connection and live on a loop. Reads block Helidon's virtual thread,
/// which hands what it got to the loop and waits until it was taken; writes are done by a virtual thread that lives
/// while there is something to write.
final class StreamConnection extends Connection {

    /// Bytes of one write: about four TLS records.
    private static final int CHUNK = 64 * 1024;

    private final ConnectionContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resumed = lock.newCondition();

    /// Guarded by lock.
    private boolean reading = true;

    /// Guarded by lock.
    private boolean closed;

    /// On the loop's thread: a writer is at work on a chunk.
    private boolean writing;

    StreamConnection(EventLoop loop, ConnectionContext context, Accepted accepted, Function<Link, Handler> owner) {
        super(loop, accepted, owner);
        this.context = context;
    }

    /// Reads until the connection ends; on Helidon's virtual thread.
    void serve() {
        DataReader reader = context.dataReader();
        try {
            while (awaitReading()) {
                reader.ensureAvailable();
                byte[] bytes = reader.readBytes(reader.available());
                pass(() -> received(ByteBuffer.wrap(bytes)));
            }
        } catch (RuntimeException _) {
            // EOF, reset, TLS failure, or our own close: however Helidon says it, no more bytes will come.
        }
        loop().run(this::lost);
    }

    /// Runs on the loop and waits for it, so that a fast sender is slowed down to what the loop can take.
    private void pass(Runnable task) {
        lock.lock();
        try {
            boolean[] done = {false};
            loop().run(() -> {
                task.run();
                lock.lock();
                try {
                    done[0] = true;
                    resumed.signalAll();
                } finally {
                    lock.unlock();
                }
            });
            while (!done[0] && !closed) {
                resumed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitReading() {
        lock.lock();
        try {
            while (!reading && !closed) {
                resumed.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    void flush() {
        if (writing) {
            return;
        }
        if (outboxEmpty()) {
            flushed();
            return;
        }
        int length = (int) Math.min(CHUNK, outbox().bytes());
        byte[] chunk = new byte[length];
        outbox().copyTo(ByteBuffer.wrap(chunk));
        outbox().consumed(length);
        writing = true;
        blocked(true);
        Thread.ofVirtual().start(() -> writeChunk(chunk));
    }

    /// A chunk at work is not in the outbox any more, but what comes must wait behind it.
    @Override
    boolean outboxEmpty() {
        return !writing && super.outboxEmpty();
    }

    private void writeChunk(byte[] chunk) {
        try {
            context.dataWriter().writeNow(BufferData.create(chunk));
        } catch (RuntimeException _) {
            loop().run(this::lost);
            return;
        }
        loop().run(() -> {
            loop().meter().sent(chunk.length);
            writing = false;
            flush();
        });
    }

    /// Everything goes through the outbox: a direct write could block the loop.
    @Override
    int writeNow(ByteBuffer bytes) {
        return 0;
    }

    /// A write at work says nothing about the peer; more than the next one takes does.
    @Override
    boolean behind() {
        return writing && outbox().bytes() > CHUNK;
    }

    /// TLS has no half-close that peers expect; the deadline of the close handshake ends the connection.
    @Override
    void shutdownOutput() {}

    @Override
    void closeSocket() {
        lock.lock();
        try {
            closed = true;
            resumed.signalAll();
        } finally {
            lock.unlock();
        }
        // A TLS close writes, and may block on a peer that does not read.
        Thread.ofVirtual().start(() -> {
            try {
                context.serverSocket().close();
            } catch (RuntimeException _) {
                // It is gone already.
            }
        });
    }

    @Override
    void readSocket(boolean enabled) {
        lock.lock();
        try {
            reading = enabled;
            resumed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
