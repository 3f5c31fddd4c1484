/// A client for a Heliograph relay on the JDK's own WebSocket; begin at [dev.heliograph.client.HeliographClient].
@NullMarked
package dev.heliograph.client;

import org.jspecify.annotations.NullMarked;
