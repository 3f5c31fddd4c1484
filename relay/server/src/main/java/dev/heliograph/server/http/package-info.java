/// What every web server of a node needs and Helidon does not have: deadlines for those who are slow to ask.
@NullMarked
package dev.heliograph.server.http;

import org.jspecify.annotations.NullMarked;
