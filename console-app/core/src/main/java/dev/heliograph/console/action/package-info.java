/// What an operator may do: proposals with a risk, what they demand before they are done, and how they are undone.
@NullMarked
package dev.heliograph.console.action;

import org.jspecify.annotations.NullMarked;
