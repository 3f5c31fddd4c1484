/// What tests of the desktop are made of: a stage to show nodes in, a hand for mouse and keyboard, golden pictures,
/// fakes.
@NullMarked
package dev.heliograph.console.desktop.testing;

import org.jspecify.annotations.NullMarked;
