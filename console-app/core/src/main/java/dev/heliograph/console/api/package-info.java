/// The client of the admin API: calls, live stream, and what goes wrong with them.
@NullMarked
package dev.heliograph.console.api;

import org.jspecify.annotations.NullMarked;
