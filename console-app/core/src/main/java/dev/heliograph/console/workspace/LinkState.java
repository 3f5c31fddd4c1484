package dev.heliograph.console.workspace;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.wire.WhoAmI;
import java.net.URI;
import java.time.Instant;

/// How the console stands with its cluster.
public sealed interface LinkState {

    /// It has not had an answer yet.
    record Connecting() implements LinkState {}

    /// A node answers.
    record Live(URI address, WhoAmI who) implements LinkState {}

    /// Nothing is heard from any node; what the pages show is of before.
    ///
    /// @param since when the last answer came
    /// @param cause of the last attempt
    record Stale(Instant since, AdminException cause) implements LinkState {}

    /// The cluster does not accept the token any more: the operator must give another one.
    record SignedOut(AdminException cause) implements LinkState {}
}
