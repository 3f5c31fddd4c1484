/// How many relays a load needs: a form of the load, the plan for it, and what would change it.
@NullMarked
package dev.heliograph.console.capacity;

import org.jspecify.annotations.NullMarked;
