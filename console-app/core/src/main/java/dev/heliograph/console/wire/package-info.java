/// What the admin API sends and takes, one record a schema of docs/openapi.json and by its name. Times are Unix
/// milliseconds,
/// rates per second, sizes bytes, unless a name says otherwise.
@NullMarked
package dev.heliograph.console.wire;

import org.jspecify.annotations.NullMarked;
