package dev.heliograph.server.admin;

import dev.heliograph.server.broker.BrokerException;
import dev.heliograph.server.cluster.ClusterException;
import dev.heliograph.server.control.ConflictException;
import dev.heliograph.server.control.ControlException;
import dev.heliograph.server.guard.OwnAddressException;
import java.util.Optional;

/// A request that is refused or fails: its HTTP status, a code for programs, and a message for people.
final class AdminException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final Optional<AccessFailure> failure;

    private AdminException(int status, String code, String message) {
        this(status, code, message, Optional.empty());
    }

    private AdminException(int status, String code, String message, Optional<AccessFailure> failure) {
        // No stack trace: this is an answer.
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.failure = failure;
    }

    static AdminException invalid(String message) {
        return new AdminException(400, "invalid", message);
    }

    static AdminException unauthenticated(AccessFailure failure, String message) {
        return new AdminException(401, "unauthenticated", message, Optional.of(failure));
    }

    static AdminException forbidden(String message) {
        return new AdminException(403, "forbidden", message, Optional.of(AccessFailure.ROLE));
    }

    static AdminException notFound(String message) {
        return new AdminException(404, "not_found", message);
    }

    static AdminException conflict(String message) {
        return new AdminException(409, "conflict", message);
    }

    static AdminException tooMany(String message) {
        return new AdminException(429, "too_many_requests", message);
    }

    static AdminException unavailable(String message) {
        return new AdminException(503, "unavailable", message);
    }

    /// What facades throw, as an answer: a wrong argument, something that cannot be done now, or a part that
    /// cannot be reached.
    ///
    /// @return empty for what nobody expects
    static Optional<AdminException> of(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return Optional.ofNullable(
                switch (e) {
                    case AdminException answer -> answer;
                    // Too many run already, a node refuses, or it would keep out who asks.
                    case ConflictException _, IllegalStateException _, OwnAddressException _ -> conflict(message);
                    case IllegalArgumentException _ -> invalid(message);
                    case ControlException _, ClusterException _, BrokerException _ -> unavailable(message);
                    default -> null;
                });
    }

    /// A token that nothing can be said about now.
    static AdminException undecided(String message) {
        return new AdminException(503, "unavailable", message, Optional.of(AccessFailure.UNAVAILABLE));
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /// What kept the operator out, if that is what it is about.
    Optional<AccessFailure> failure() {
        return failure;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
