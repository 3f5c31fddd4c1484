/// Connections to Redis, whatever its topology: which one has a partition, commands of many callers in one round trip,
/// subscriptions that come back. Knows nothing of what is stored.
@NullMarked
package dev.heliograph.server.redis;

import org.jspecify.annotations.NullMarked;
