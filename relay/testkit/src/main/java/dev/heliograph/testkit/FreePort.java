package dev.heliograph.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of 127.0.0.1 that nobody listens on, and that stay the caller's until its JVM ends: a server may be stopped
/// and started again on its port.
///
/// They are below the range from which Linux takes ports by itself (`net.ipv4.ip_local_port_range`, from 32768), so
/// that no connection and no other server's port 0 gets them. A lock on a file of the temporary directory keeps them
/// from
/// other JVMs that ask here. Threadsafe.
public final class FreePort {

    /// Nodes of a Redis cluster talk to each other on their port plus this.
    private static final int BUS = 10_000;

    private static final int LOWEST = 10_100;
    private static final int HIGHEST = LOWEST + BUS;
    private static final int ATTEMPTS = 1_000;

    /// Closing a channel would give its lock back.
    private static final List<FileLock> HELD = new ArrayList<>();

    private FreePort() {}

    /// A port of 127.0.0.1 whose bus port is free, too.
    ///
    /// @throws IllegalStateException if none is free, as far as that can be seen with a thousand attempts
    public static synchronized int find() {
        try {
            for (int i = 0; i < ATTEMPTS; i++) {
                int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
                if (isFree(port) && isFree(port + BUS) && hold(port)) {
                    return port;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no free port found in " + ATTEMPTS + " attempts");
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean hold(int port) throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "heliograph-ports"));
        FileChannel channel = FileChannel.open(
                folder.resolve(Integer.toString(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                HELD.add(lock);
                return true;
            }
        } catch (OverlappingFileLockException _) {
            // This JVM has it.
        }
        channel.close();
        return false;
    }
}
