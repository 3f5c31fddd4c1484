/// IP addresses and networks: one way to read, write and compare them for all who decide by them, so that no two
/// parts of the relay take a text for different addresses.
@NullMarked
package dev.heliograph.server.ip;

import org.jspecify.annotations.NullMarked;
