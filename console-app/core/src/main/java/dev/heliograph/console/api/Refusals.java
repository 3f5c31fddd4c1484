package dev.heliograph.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.Failure;
import dev.heliograph.console.wire.Problem;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// What an answer says, or why it is none.
final class Refusals {

    private Refusals() {}

    /// @throws AdminException GARBAGE if it is something else
    static <T> T read(URI address, byte[] body, Class<T> type) {
        try {
            T answer = Json.MAPPER.readValue(body, type);
            if (answer == null) {
                throw garbage(address, Messages.text("link.garbage.null"), new IOException("null"));
            }
            return answer;
        } catch (MismatchedInputException e) {
            throw garbage(address, shape(e, type), e);
        } catch (JacksonException e) {
            throw garbage(address, Messages.text("link.garbage.json"), e);
        } catch (IOException e) {
            throw garbage(address, Reasons.of(e), e);
        }
    }

    /// An answer with another status than 200: the API's own sentence if it has one.
    static AdminException of(URI address, int status, byte[] body) {
        Optional<Problem> problem = problem(body);
        if (problem.isPresent()) {
            return new AdminException(
                    kind(problem.get().code(), status), problem.get().message());
        }
        return switch (status) {
            // A proxy that has no node behind it.
            case 502, 503, 504 ->
                new AdminException(
                        Kind.UNREACHABLE,
                        Messages.text("link.unreachable", address, Messages.text("link.reason.proxy", "" + status)));
            default ->
                new AdminException(
                        Kind.GARBAGE,
                        Messages.text("link.garbage", address, Messages.text("link.garbage.status", "" + status)));
        };
    }

    /// The kind of an error that a stream ends with.
    static AdminException of(Problem problem) {
        return new AdminException(kind(problem.code(), 0), problem.message());
    }

    static AdminException garbage(URI address, String what, Exception e) {
        return new AdminException(Kind.GARBAGE, Messages.text("link.garbage", address, what), e);
    }

    private static Optional<Problem> problem(byte[] body) {
        try {
            return Optional.ofNullable(Json.MAPPER.readValue(body, Failure.class))
                    .map(Failure::error);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Kind kind(String code, int status) {
        return switch (code) {
            case "unauthenticated" -> Kind.UNAUTHENTICATED;
            case "forbidden" -> Kind.FORBIDDEN;
            case "invalid" -> Kind.INVALID;
            case "not_found" -> Kind.NOT_FOUND;
            case "conflict" -> Kind.CONFLICT;
            case "too_many_requests" -> Kind.TOO_MANY_REQUESTS;
            case "unavailable", "internal" -> Kind.UNAVAILABLE;
            default ->
                switch (status) {
                    case 401 -> Kind.UNAUTHENTICATED;
                    case 403 -> Kind.FORBIDDEN;
                    case 404 -> Kind.NOT_FOUND;
                    case 409 -> Kind.CONFLICT;
                    case 429 -> Kind.TOO_MANY_REQUESTS;
                    default -> status >= 400 && status < 500 ? Kind.INVALID : Kind.UNAVAILABLE;
                };
        };
    }

    private static String shape(MismatchedInputException e, Class<?> type) {
        String place = e.getPath().isEmpty()
                ? type.getSimpleName()
                : e.getPath().getLast().getDescription();
        return Messages.text("link.garbage.shape", place);
    }

    /// A body as text, for what shows it.
    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
