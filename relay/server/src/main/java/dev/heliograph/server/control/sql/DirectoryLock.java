package dev.heliograph.server.control.sql;

import dev.heliograph.server.control.ControlException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// That a directory is this store's alone, as long as the process lives. The database locks its file, too, but
/// not against a second store of the same process.
record DirectoryLock(FileChannel file) implements AutoCloseable {

    /// Makes the directory if it is not there, for the eyes of its owner only.
    ///
    /// @throws ControlException if another one has it, or it cannot be written
    static DirectoryLock of(Path directory) {
        try {
            if (Files.notExists(directory)) {
                create(directory);
            }
            FileChannel file =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                file.close();
                throw new ControlException(
                        "control.directory: '" + directory.toAbsolutePath().normalize()
                                + "' is in use by another relay; set it to a directory of this relay's own");
            }
            return new DirectoryLock(file);
        } catch (IOException e) {
            throw new ControlException("control.directory: " + directory + " cannot be used: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static void create(Path directory) throws IOException {
        try {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(directory);
            }
        } catch (FileAlreadyExistsException _) {
            // Another relay was faster; the lock tells.
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new ControlException("the lock of the directory cannot be given up: " + e, e);
        }
    }
}
