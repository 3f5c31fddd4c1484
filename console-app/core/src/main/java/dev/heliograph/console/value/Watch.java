package dev.heliograph.console.value;

/// Something that goes on until it is closed. Closing twice is no harm.
@FunctionalInterface
public interface Watch extends AutoCloseable {

    @Override
    void close();
}
