package dev.heliograph.console.files;

import dev.heliograph.console.text.Messages;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Says why a file can not be read or written: the messages of Java's exceptions are often nothing but its name.
public final class FileProblems {

    private FileProblems() {}

    /// The reason, as the end of a sentence, without the name of the file.
    public static String reason(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException _ -> Messages.text("files.reason.missing");
            case AccessDeniedException _ -> Messages.text("files.reason.denied");
            case FileAlreadyExistsException _, NotDirectoryException _ -> Messages.text("files.reason.no-folder");
            case CharacterCodingException _ -> Messages.text("files.reason.no-text");
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}
