/// The command line `heliograph`: one class a command.
@NullMarked
package dev.heliograph.cli;

import org.jspecify.annotations.NullMarked;
