/// Markdown as nodes of JavaFX, with places for what lives: buttons, states.
@NullMarked
package dev.heliograph.console.desktop.markdown;

import org.jspecify.annotations.NullMarked;
