package dev.heliograph.server.control;

/// Something that an operator decided.
///
/// @param id        unique among its type
/// @param revision  of the commit that wrote it; grows from commit to commit of the whole store
/// @param expiresAt in Unix milliseconds, after which it is gone; 0 for never
public record Document<T>(String id, T body, long revision, long expiresAt) {

    /// @param now in Unix milliseconds
    boolean isExpired(long now) {
        return expiresAt != 0 && expiresAt <= now;
    }
}
