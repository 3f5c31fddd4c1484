/// Where the console keeps its files, and how it writes them.
@NullMarked
package dev.heliograph.console.files;

import org.jspecify.annotations.NullMarked;
