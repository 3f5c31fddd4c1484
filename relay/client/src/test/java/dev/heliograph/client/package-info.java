@NullMarked
package dev.heliograph.client;

import org.jspecify.annotations.NullMarked;
