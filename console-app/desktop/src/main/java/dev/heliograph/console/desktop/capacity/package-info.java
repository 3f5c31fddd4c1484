/// The page of capacity: what a load needs, what binds, and what if it were another one.
@NullMarked
package dev.heliograph.console.desktop.capacity;

import org.jspecify.annotations.NullMarked;
