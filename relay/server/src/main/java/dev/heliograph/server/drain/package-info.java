/// Moves clients from one node to others at a set rate: paced drain, rebalance, and the end of a node.
@NullMarked
package dev.heliograph.server.drain;

import org.jspecify.annotations.NullMarked;
