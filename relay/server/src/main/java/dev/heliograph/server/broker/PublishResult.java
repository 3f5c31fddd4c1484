package dev.heliograph.server.broker;

import dev.heliograph.protocol.StreamPosition;

/// What became of a publication.
///
/// @param position   its place in the stream; [StreamPosition#START] if the channel keeps no history
/// @param suppressed whether nothing was published, since the idempotency key or the version was known already
public record PublishResult(StreamPosition position, boolean suppressed) {}
