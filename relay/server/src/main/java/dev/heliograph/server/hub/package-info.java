/// Which connections of this node hear a channel: one [Shard] per event loop, fed by the [Hub] from the broker.
@NullMarked
package dev.heliograph.server.hub;

import org.jspecify.annotations.NullMarked;
