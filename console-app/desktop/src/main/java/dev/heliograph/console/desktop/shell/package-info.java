/// The frame around the pages: navigation, top bar, palette, sheets, toasts, and the way of a change through them.
@NullMarked
package dev.heliograph.console.desktop.shell;

import org.jspecify.annotations.NullMarked;
