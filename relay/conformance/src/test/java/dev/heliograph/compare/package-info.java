/// The relay beside other servers: the same machine, the same generator, the same protocol where they speak it, in turn.
@NullMarked
package dev.heliograph.compare;

import org.jspecify.annotations.NullMarked;
