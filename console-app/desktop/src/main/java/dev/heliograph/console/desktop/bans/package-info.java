/// The page of who is kept out.
@NullMarked
package dev.heliograph.console.desktop.bans;

import org.jspecify.annotations.NullMarked;
