/// Channels: who listens, what is kept of them, a look into one, and a test message.
@NullMarked
package dev.heliograph.console.channels;

import org.jspecify.annotations.NullMarked;
