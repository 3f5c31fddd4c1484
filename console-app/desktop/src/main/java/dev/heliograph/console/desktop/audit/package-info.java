/// The page of the audit record.
@NullMarked
package dev.heliograph.console.desktop.audit;

import org.jspecify.annotations.NullMarked;
