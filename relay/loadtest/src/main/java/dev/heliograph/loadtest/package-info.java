/// Many clients of a cluster, publishers that repeat what was not acknowledged, and an account of every message.
@NullMarked
package dev.heliograph.loadtest;

import org.jspecify.annotations.NullMarked;
