@NullMarked
package dev.heliograph.drill;

import org.jspecify.annotations.NullMarked;
