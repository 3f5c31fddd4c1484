/// What back ends and operators do with connections, on whatever node these are.
@NullMarked
package dev.heliograph.server.operations;

import org.jspecify.annotations.NullMarked;
