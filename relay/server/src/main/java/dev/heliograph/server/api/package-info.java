/// The server HTTP API of back ends.
@NullMarked
package dev.heliograph.server.api;

import org.jspecify.annotations.NullMarked;
