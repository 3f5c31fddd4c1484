/// Values that tell who listens when they change, without a toolkit.
@NullMarked
package dev.heliograph.console.value;

import org.jspecify.annotations.NullMarked;
