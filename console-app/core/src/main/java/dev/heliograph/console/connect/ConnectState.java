package dev.heliograph.console.connect;

import dev.heliograph.console.api.Certificates;
import dev.heliograph.console.cluster.Profile;
import java.util.List;
import java.util.Optional;

/// What the page of clusters shows.
///
/// @param loaded   whether the file was read
/// @param clusters in the order in which they were added
/// @param problem  a sentence about the file, if it cannot be read or written
/// @param keeping  where tokens are kept, once that is known
public record ConnectState(
        boolean loaded, List<Profile> clusters, Optional<String> problem, Optional<Keeping> keeping, Step step) {

    static final ConnectState FIRST =
            new ConnectState(false, List.of(), Optional.empty(), Optional.empty(), new Step.Choosing());

    /// Where tokens are kept, in a sentence each.
    ///
    /// @param keyring whether there is one that works
    public record Keeping(boolean keyring, String remembered, String forgotten) {

        /// Where a token is kept.
        public String where(boolean remember) {
            return remember && keyring ? remembered : forgotten;
        }
    }

    /// A certificate that the operator has not confirmed.
    ///
    /// @param changed whether another one was confirmed for this address
    public record Unconfirmed(Certificates.Shown shown, boolean changed) {}

    /// What is being done.
    public sealed interface Step {

        /// Nothing: the operator chooses.
        record Choosing() implements Step {}

        /// There is no token for it.
        ///
        /// @param why the one of before was not accepted
        record NeedsToken(Profile profile, Optional<String> why) implements Step {}

        /// It is being asked.
        record Connecting(Profile profile) implements Step {}

        /// Nothing was sent yet: whether it is the right cluster the operator knows.
        record Confirming(Profile profile, List<Unconfirmed> certificates) implements Step {}

        /// It could not be connected to.
        record Failed(Profile profile, String sentence) implements Step {}
    }

    ConnectState at(Step next) {
        return new ConnectState(loaded, clusters, problem, keeping, next);
    }
}
