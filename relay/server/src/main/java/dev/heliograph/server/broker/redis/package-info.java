/// The broker over Redis: streams, idempotency and presence by Lua scripts, delivery by pub/sub (protocol chapter E).
@NullMarked
package dev.heliograph.server.broker.redis;

import org.jspecify.annotations.NullMarked;
