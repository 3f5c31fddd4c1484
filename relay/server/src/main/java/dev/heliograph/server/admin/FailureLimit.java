package dev.heliograph.server.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/// How often one address may show a token in vain: [#MAX] times in a minute; then it is told to wait until the
/// minute is over, and neither the log nor the audit record hears of what it tries meanwhile. A guess has one
/// chance in 2^256 anyway; this keeps guessing from costing anything. Threadsafe.
final class FailureLimit {

    static final int MAX = 10;

    static final Duration WINDOW = Duration.ofMinutes(1);

    /// Addresses that are remembered: an attacker with more has a network that one address more does not matter
    /// to.
    private static final int ADDRESSES = 10_000;

    private record Failures(int count, long until) {}

    private final Cache<String, Failures> byAddress;
    private final Ticker ticker;

    FailureLimit(Ticker ticker) {
        this.ticker = ticker;
        this.byAddress = Caffeine.newBuilder()
                .maximumSize(ADDRESSES)
                .expireAfterWrite(WINDOW)
                .ticker(ticker)
                .build();
    }

    /// How many seconds an address is to wait; 0 if it has not failed too often.
    long wait(String address) {
        Failures failures = byAddress.getIfPresent(address);
        long left = failures == null || failures.count() < MAX ? 0 : failures.until() - ticker.read();
        return left <= 0 ? 0 : Math.ceilDiv(left, 1_000_000_000L);
    }

    void failed(String address) {
        long now = ticker.read();
        byAddress.asMap().merge(address, new Failures(1, now + WINDOW.toNanos()), (before, first) -> {
            boolean over = before.until() - now <= 0;
            return over ? first : new Failures(before.count() + 1, before.until());
        });
    }
}
