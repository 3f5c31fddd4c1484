/// The clusters that an operator knows: where they are, what they look like, whom to trust, and their tokens.
@NullMarked
package dev.heliograph.console.cluster;

import org.jspecify.annotations.NullMarked;
