/// What models are tested with: a cluster in memory, and time that stands still.
@NullMarked
package dev.heliograph.console.testing;

import org.jspecify.annotations.NullMarked;
