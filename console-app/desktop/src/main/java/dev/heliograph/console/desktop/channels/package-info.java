/// The page of channels.
@NullMarked
package dev.heliograph.console.desktop.channels;

import org.jspecify.annotations.NullMarked;
