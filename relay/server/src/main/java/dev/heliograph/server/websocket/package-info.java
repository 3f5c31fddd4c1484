/// RFC 6455 framing: bytes in, events out; no I/O.
@NullMarked
package dev.heliograph.server.websocket;

import org.jspecify.annotations.NullMarked;
