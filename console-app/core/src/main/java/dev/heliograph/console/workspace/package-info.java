/// One cluster that the console is connected to, and all that its pages need of it.
@NullMarked
package dev.heliograph.console.workspace;

import org.jspecify.annotations.NullMarked;
