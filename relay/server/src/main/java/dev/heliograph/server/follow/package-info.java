/// Following one user, channel, address or connection over all nodes of a cluster.
@NullMarked
package dev.heliograph.server.follow;

import org.jspecify.annotations.NullMarked;
