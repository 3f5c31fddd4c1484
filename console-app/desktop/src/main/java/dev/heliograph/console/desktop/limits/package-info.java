/// The page of limits.
@NullMarked
package dev.heliograph.console.desktop.limits;

import org.jspecify.annotations.NullMarked;
