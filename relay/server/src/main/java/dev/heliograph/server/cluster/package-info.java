/// The nodes that share a broker: who is there, and procedures that run on all of them (protocol chapter E, "Node
/// discovery/control"). Knows nothing of what the procedures do.
@NullMarked
package dev.heliograph.server.cluster;

import org.jspecify.annotations.NullMarked;
