/// The load test against real relays.
@NullMarked
package dev.heliograph.load;

import org.jspecify.annotations.NullMarked;
