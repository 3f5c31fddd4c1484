/// The API of operators: HTTP and JSON on a port of its own, a stream of live changes, and its description as OpenAPI.
/// Every request has a token, every token a role, every change a line in the audit record.
@NullMarked
package dev.heliograph.server.admin;

import org.jspecify.annotations.NullMarked;
