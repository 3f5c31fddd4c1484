package dev.heliograph.chaos;

import dev.heliograph.testkit.RelayProcess;

/// One relay of a cluster. It can be killed and started again, and has another port then. Threadsafe for those
/// who ask; one thread kills and starts.
final class RelayNode implements AutoCloseable {

    private final String yaml;
    private volatile RelayProcess process;

    private RelayNode(String yaml) {
        this.yaml = yaml;
        this.process = RelayProcess.start(yaml);
    }

    static RelayNode start(String yaml) {
        return new RelayNode(yaml);
    }

    /// Of the process that runs now, or ran last.
    RelayProcess process() {
        return process;
    }

    int port() {
        return process.port();
    }

    void kill() throws InterruptedException {
        process.kill();
    }

    /// Starts it again after [#kill].
    void startAgain() {
        process = RelayProcess.start(yaml);
    }

    @Override
    public void close() {
        process.close();
    }
}
