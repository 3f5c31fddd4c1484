/// What the relay tells about itself: instruments and their exposition, the lines of its log, and the events of one
/// user, channel or address that someone follows. Every package may know it; it knows none but the configuration.
@NullMarked
package dev.heliograph.server.observe;

import org.jspecify.annotations.NullMarked;
