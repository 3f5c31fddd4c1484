package dev.heliograph.console.desktop.testing;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.Fx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/// Keeps what pages propose, for a test to look at and to perform. Prepares it in the background, as the real one does.
public final class FakeCommander implements Commander {

    private final List<Proposal> proposals = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @Override
    public void offer(String what, Callable<Proposal> preparation) {
        Fx.checkThread();
        Thread.ofVirtual().name("prepare " + what).start(() -> {
            try {
                proposals.add(preparation.call());
            } catch (Exception e) {
                failures.add(e);
            }
        });
    }

    public List<Proposal> proposals() {
        return List.copyOf(proposals);
    }

    /// What preparations threw.
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /// The newest proposal; waits until there are so many, the first being 1.
    public Proposal awaitProposal(int number) {
        Awaitility.await("proposal " + number).atMost(Duration.ofSeconds(20)).until(() -> proposals.size() >= number);
        return proposals.get(number - 1);
    }
}
