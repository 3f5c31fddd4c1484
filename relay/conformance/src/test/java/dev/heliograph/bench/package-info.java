/// `make bench`: measures a relay in a process of its own. Load comes from this process, over real sockets.
@NullMarked
package dev.heliograph.bench;

import org.jspecify.annotations.NullMarked;
