package dev.heliograph.server.auth;

import com.nimbusds.jose.JWSHeader;
import java.time.Duration;
import java.util.List;

/// Where the keys are that tokens are verified with. Threadsafe; may block while keys are fetched.
public interface KeySource extends AutoCloseable {

    /// Trust without a limit: the keys do not change while the relay runs.
    Duration FOR_GOOD = Duration.ofDays(365);

    /// The keys that may have signed a token with this header; each of them fits its algorithm.
    ///
    /// @throws TokenException UNAVAILABLE, if there is a key that may fit but it can not be had now
    List<VerificationKey> keys(JWSHeader header);

    /// How long a token that was verified is believed before its key is asked for again.
    Duration trust();

    /// Whether its keys are those of before, which others have taken the place of.
    default boolean previous() {
        return false;
    }

    /// Ends fetching, if any.
    @Override
    void close();
}
