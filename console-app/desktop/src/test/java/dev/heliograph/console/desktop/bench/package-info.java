/// Measures the console; run by hand, not with the tests.
@NullMarked
package dev.heliograph.console.desktop.bench;

import org.jspecify.annotations.NullMarked;
