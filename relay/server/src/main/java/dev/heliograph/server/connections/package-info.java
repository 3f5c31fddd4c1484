/// The live connections and channels of all nodes: what operators list, filter, group, look into, and end.
@NullMarked
package dev.heliograph.server.connections;

import org.jspecify.annotations.NullMarked;
