/// The release under a mixed load for long: what it needs must not grow, and latency must not drift.
@NullMarked
package dev.heliograph.soak;

import org.jspecify.annotations.NullMarked;
