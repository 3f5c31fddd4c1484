/// The broker port, which stores streams and presence and hands publications to nodes, and its embedded implementation.
@NullMarked
package dev.heliograph.server.broker;

import org.jspecify.annotations.NullMarked;
