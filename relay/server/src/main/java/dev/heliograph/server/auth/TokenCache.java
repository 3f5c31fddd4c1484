package dev.heliograph.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.heliograph.protocol.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Tokens that were verified, so that clients who come back in a storm are not verified again. Bounded by weight; only
/// accepted tokens get in, so that bad ones can not push good ones out. Threadsafe.
///
/// The key is a hash of the whole token, signature included: the cache holds no secret that would open a connection,
/// and a lookup tells nothing about others by its timing.
///
/// @param <T> what a token says
final class TokenCache<T> {

    /// @param until in Unix seconds; when the entry ends, whatever the token says
    private record Entry<T>(T token, Validity validity, long until, int weight) {}

    /// What an entry takes besides its token's content: key, node, records.
    private static final int OVERHEAD = 400;

    private final Clock clock;
    private final Cache<Bytes, Entry<T>> entries;

    /// @param maxWeight about so many bytes
    TokenCache(long maxWeight, Clock clock) {
        this.clock = clock;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxWeight)
                .weigher((Bytes _, Entry<T> entry) -> entry.weight())
                .expireAfter(Expiry.writing((Bytes _, Entry<T> entry) -> Duration.ofSeconds(entry.until() - now())))
                .ticker(() -> clock.millis() * 1_000_000)
                .build();
    }

    /// What a token says if it is known and its time is not over.
    ///
    /// @throws TokenException EXPIRED, if the token is known but may not be used now
    Optional<T> find(Bytes fingerprint) {
        Entry<T> entry = entries.getIfPresent(fingerprint);
        if (entry == null) {
            return Optional.empty();
        }
        // Again on each hit: the cache may be late with its own expiry.
        long now = now();
        entry.validity().require(now);
        return now < entry.until() ? Optional.of(entry.token()) : Optional.empty();
    }

    /// @param length of the token, which is about what it takes decoded
    /// @param trust  how long it may be kept at most
    void put(Bytes fingerprint, T token, Validity validity, int length, Duration trust) {
        long until = Math.min(validity.expiration(), now() + trust.toSeconds());
        if (until > now()) {
            entries.put(fingerprint, new Entry<>(token, validity, until, length + OVERHEAD));
        }
    }

    static Bytes fingerprint(String token) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Forgets all.
    void clear() {
        entries.invalidateAll();
    }

    /// How many tokens are held, after what is due has been dropped.
    long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }

    private long now() {
        return Math.floorDiv(clock.millis(), 1_000);
    }
}
