/// `heliograph init`: from a few answers to a relay's configuration and an inventory.
@NullMarked
package dev.heliograph.cli.init;

import org.jspecify.annotations.NullMarked;
