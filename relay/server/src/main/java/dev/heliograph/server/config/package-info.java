/// One tree of records, read once at start, validated, documented.
@NullMarked
package dev.heliograph.server.config;

import org.jspecify.annotations.NullMarked;
