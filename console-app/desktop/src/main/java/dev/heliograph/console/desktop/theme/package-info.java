/// How the console looks: fonts, light and dark, colours that mean something, distances.
@NullMarked
package dev.heliograph.console.desktop.theme;

import org.jspecify.annotations.NullMarked;
