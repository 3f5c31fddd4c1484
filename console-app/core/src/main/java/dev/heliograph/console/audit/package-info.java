/// The record of what operators did: to search, to watch, to take back, and to export.
@NullMarked
package dev.heliograph.console.audit;

import org.jspecify.annotations.NullMarked;
