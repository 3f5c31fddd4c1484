/// The page of the overview.
@NullMarked
package dev.heliograph.console.desktop.overview;

import org.jspecify.annotations.NullMarked;
