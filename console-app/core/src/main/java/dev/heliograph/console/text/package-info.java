/// The sentences of the console, in one bundle.
@NullMarked
package dev.heliograph.console.text;

import org.jspecify.annotations.NullMarked;
