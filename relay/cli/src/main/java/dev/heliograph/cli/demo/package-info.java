/// The people of `make demo`: users who chat, prices, and one network that misbehaves. They are clients as any
/// other, bounded in number and rate.
@NullMarked
package dev.heliograph.cli.demo;

import org.jspecify.annotations.NullMarked;
