/// Measures the console; no tests.
@NullMarked
package dev.heliograph.console.desktop.bench;

import org.jspecify.annotations.NullMarked;
