package dev.heliograph.server.observe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A number that one thread changes and any thread may read: as cheap as a plain field, for what is counted on the path
/// of a message. A reader sees a value of a moment ago.
public final class Tally {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Tally.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /// Only on the thread that owns it.
    public void add(long count) {
        VALUE.setOpaque(this, value + count);
    }

    /// Only on the thread that owns it.
    public void set(long newValue) {
        VALUE.setOpaque(this, newValue);
    }

    public long get() {
        return (long) VALUE.getOpaque(this);
    }
}
