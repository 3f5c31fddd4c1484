/// Tests of the whole product over real sockets: recovery, slow readers, bad input, SDKs.
@NullMarked
package dev.heliograph.conformance;

import org.jspecify.annotations.NullMarked;
