/// Channel names, namespaces, their options, and who may do what in them.
@NullMarked
package dev.heliograph.server.channel;

import org.jspecify.annotations.NullMarked;
