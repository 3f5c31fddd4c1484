package dev.heliograph.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/// Cuts connections of readers at random, at a rate, until it is interrupted.
final class Dropper implements Callable<Void> {

    private static final Duration TURN = Duration.ofMillis(20);

    private final List<Reader> readers;
    private final double perTurn;
    private final Counts counts;
    private final Random random = new Random(7);

    Dropper(List<Reader> readers, int perSecond, Counts counts) {
        this.readers = readers;
        this.perTurn =
                perSecond * (double) TURN.toMillis() / Duration.ofSeconds(1).toMillis();
        this.counts = counts;
    }

    @Override
    public Void call() throws IOException {
        double due = 0;
        try {
            while (true) {
                Thread.sleep(TURN);
                due += perTurn;
                // Of readers that are on their way back anyway there is nothing to cut.
                for (int attempts = 0; due >= 1 && attempts < 4 * perTurn + 4; attempts++) {
                    if (readers.get(random.nextInt(readers.size())).drop()) {
                        counts.drops.increment();
                        due--;
                    }
                }
                due = Math.min(due, perTurn + 1);
            }
        } catch (InterruptedException _) {
            return null;
        }
    }
}
