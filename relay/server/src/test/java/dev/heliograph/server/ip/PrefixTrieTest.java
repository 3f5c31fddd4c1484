package dev.heliograph.server.ip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTrieTest {

    private final PrefixTrie<String> trie = new PrefixTrie<>();

    private void put(String prefix) {
        trie.put(IpPrefix.parse(prefix), prefix);
    }

    private Optional<String> find(String address) {
        return trie.find(IpAddress.parse(address));
    }

    @Test
    void theLongestPrefixWins() {
        put("0.0.0.0/0");
        put("10.0.0.0/8");
        put("10.1.0.0/16");
        put("10.1.2.3");
        assertThat(find("10.1.2.3")).contains("10.1.2.3");
        assertThat(find("10.1.2.4")).contains("10.1.0.0/16");
        assertThat(find("10.2.0.1")).contains("10.0.0.0/8");
        assertThat(find("11.0.0.1")).contains("0.0.0.0/0");
        assertThat(find("2001:db8::1")).isEmpty();
    }

    @Test
    void aNetworkIsReplacedAndRemoved() {
        IpPrefix prefix = IpPrefix.parse("10.0.0.0/8");
        trie.put(prefix, "one");
        trie.put(prefix, "two");
        assertThat(find("10.0.0.1")).contains("two");
        trie.remove(IpPrefix.parse("10.0.0.0/9"));
        assertThat(find("10.0.0.1")).contains("two");
        trie.remove(prefix);
        assertThat(find("10.0.0.1")).isEmpty();
    }

    /// The same changes and questions as of a plain map, with networks that share many bits.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersAsAListOfNetworksWould(long seed) {
        Random random = new Random(seed);
        Map<IpPrefix, String> naive = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            IpPrefix prefix = new IpPrefix(address(random), bits(random));
            if (random.nextInt(3) == 0) {
                trie.remove(prefix);
                naive.remove(prefix);
            } else {
                trie.put(prefix, prefix + "#" + i);
                naive.put(prefix, prefix + "#" + i);
            }
            assertThat(trie.get(prefix)).isEqualTo(Optional.ofNullable(naive.get(prefix)));
            IpAddress address = address(random);
            assertThat(trie.find(address)).as("%s after %s", address, i).isEqualTo(longest(naive, address));
        }
        naive.forEach((prefix, value) -> assertThat(trie.get(prefix)).contains(value));
        naive.keySet().forEach(trie::remove);
        for (int i = 0; i < 100; i++) {
            assertThat(trie.find(address(random))).isEmpty();
        }
    }

    private static Optional<String> longest(Map<IpPrefix, String> naive, IpAddress address) {
        return naive.entrySet().stream()
                .filter(each -> each.getKey().contains(address))
                .max(Comparator.comparingInt(each -> each.getKey().bits()))
                .map(Map.Entry::getValue);
    }

    private static IpAddress address(Random random) {
        long low = random.nextInt(64) * 0x0101_0101L;
        return random.nextBoolean()
                ? IpAddress.parse("10." + random.nextInt(3) + "." + random.nextInt(3) + "." + random.nextInt(256))
                : new IpAddress(0x2001_0db8_0000_0000L | random.nextInt(4), random.nextInt(3) * (1L << 62) | low);
    }

    private static int bits(Random random) {
        return random.nextInt(4) == 0 ? random.nextInt(129) : 96 + random.nextInt(33);
    }

    @Test
    void lookupsSeeEachChangeAsAWhole() throws ExecutionException, InterruptedException {
        put("10.0.0.0/8");
        IpAddress fixed = IpAddress.parse("10.1.2.3");
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> reads = readers.submit(() -> {
                int count = 0;
                while (!done.get()) {
                    assertThat(trie.find(fixed).orElse("nothing")).isIn("10.0.0.0/8", "10.1.0.0/16", "10.1.2.3");
                    count++;
                }
                return count;
            });
            Random random = new Random(3);
            for (int i = 0; i < 50_000; i++) {
                String prefix = switch (random.nextInt(3)) {
                    case 0 -> "10.1.0.0/16";
                    case 1 -> "10.1.2.3";
                    default -> "10.1." + random.nextInt(256) + ".128/25";
                };
                if (random.nextBoolean()) {
                    put(prefix);
                } else {
                    trie.remove(IpPrefix.parse(prefix));
                }
            }
            done.set(true);
            assertThat(reads.get()).isPositive();
        }
    }

    /// Each node that a change copies is on its way only: a hundred thousand changes are not a hundred thousand
    /// copies of everything.
    @Test
    void aHundredThousandNetworksAreImported() {
        Random random = new Random(5);
        Map<IpPrefix, String> all = new HashMap<>();
        while (all.size() < 100_000) {
            IpPrefix prefix = new IpPrefix(
                    new IpAddress(0, 0xFFFFL << 32 | random.nextInt() & 0xFFFF_FFFFL), 96 + 8 + random.nextInt(25));
            all.put(prefix, prefix.toString());
        }
        all.forEach(trie::put);
        all.forEach((prefix, value) -> assertThat(trie.get(prefix)).contains(value));
    }
}
