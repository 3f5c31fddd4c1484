/// Connection and subscription tokens: verification, keys, the cache of verified tokens.
@NullMarked
package dev.heliograph.server.auth;

import org.jspecify.annotations.NullMarked;
