package dev.heliograph.server.broker;

import java.time.Duration;

/// What an implementation has to say for itself so that the contracts can try it.
interface BrokerUnderTest {

    /// A broker with nothing in it, not started.
    Broker create();

    /// A time to live that is short enough to be waited for, and more than twice what the implementation can
    /// tell apart.
    Duration shortTtl();

    /// Returns when at least so much time has passed for the broker, and not much more.
    void pass(Duration time);
}
