package dev.heliograph.console.connect;

import dev.heliograph.console.cluster.Profile;
import dev.heliograph.console.wire.WhoAmI;
import java.util.Optional;

/// A cluster that has answered, and accepts the token.
///
/// @param who  the token stands for
/// @param note what the operator should know: that the token could not be kept, for example
public record Connection(Profile profile, String token, WhoAmI who, Optional<String> note) {}
