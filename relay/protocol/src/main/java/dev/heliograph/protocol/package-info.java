/// The wire: every message of the client protocol as an immutable value, its JSON and Protobuf encodings, and the
/// codes that end a request, a subscription or a connection. No I/O; knows neither the server nor the client side.
@NullMarked
package dev.heliograph.protocol;

import org.jspecify.annotations.NullMarked;
