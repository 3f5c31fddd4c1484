/// What operators decide, in Redis: for the nodes of a cluster.
@NullMarked
package dev.heliograph.server.control.redis;

import org.jspecify.annotations.NullMarked;
