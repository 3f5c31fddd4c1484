/// Sockets: Helidon's handshake, the handover, event loops, outboxes.
@NullMarked
package dev.heliograph.server.transport;

import org.jspecify.annotations.NullMarked;
