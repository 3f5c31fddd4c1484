/// Tests of the page of connections.
@NullMarked
package dev.heliograph.console.desktop.connections;

import org.jspecify.annotations.NullMarked;
