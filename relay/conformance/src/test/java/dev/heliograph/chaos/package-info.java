/// `make chaos`: what publishers, readers and a checker see of relays that share a Redis while both break.
@NullMarked
package dev.heliograph.chaos;

import org.jspecify.annotations.NullMarked;
