/// The control channel over Redis pub/sub.
@NullMarked
package dev.heliograph.server.cluster.redis;

import org.jspecify.annotations.NullMarked;
