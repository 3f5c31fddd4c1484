/// The application: its window, its pages, and how they are put together.
@NullMarked
package dev.heliograph.console.desktop.app;

import org.jspecify.annotations.NullMarked;
