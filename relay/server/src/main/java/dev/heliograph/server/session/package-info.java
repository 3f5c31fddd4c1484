/// What a client may say and what it is told: one session a connection, no sockets.
@NullMarked
package dev.heliograph.server.session;

import org.jspecify.annotations.NullMarked;
