/// The page of runbooks without its toolkit: which there are, the one that is open beside the live data, and those that
/// were worked through before.
@NullMarked
package dev.heliograph.console.runbooks;

import org.jspecify.annotations.NullMarked;
