package dev.heliograph.server.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The masking of client frames (RFC 6455 section 5.3): the same operation puts it on and takes it off.
final class Mask {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Mask() {}

    /// @param key   the four bytes of the masking key, the first one on top
    /// @param phase how many bytes of the frame's payload come before `from`
    static void apply(byte[] bytes, int from, int to, int key, long phase) {
        int rotated = Integer.rotateLeft(key, (int) (phase & 3) * 8);
        long twice = ((long) rotated << 32) | (rotated & 0xFFFF_FFFFL);
        int at = from;
        for (; at + 8 <= to; at += 8) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ twice);
        }
        for (int i = 0; at < to; at++, i++) {
            bytes[at] ^= (byte) (rotated >>> (24 - 8 * (i & 3)));
        }
    }
}
