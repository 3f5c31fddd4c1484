package dev.heliograph.server.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Values by network, found by address: the longest prefix wins. Lookups never wait, whatever is put or removed
/// meanwhile, and see each change as a whole; changes wait for each other.
///
/// A path-compressed binary trie whose nodes never change: a change makes the nodes on its way anew, a few dozen at
/// most, and then the root. With 100,000 networks (RESULT guard of `make bench`).
final class PrefixTrie<V> {

    /// @param high  of the network, like `low`: kept flat, for one memory access a step
    /// @param value null where only a branch is
    private record Node<V>(
            long high, long low, int bits, @Nullable V value, @Nullable Node<V> zero, @Nullable Node<V> one) {

        static <V> Node<V> of(IpPrefix prefix, @Nullable V value, @Nullable Node<V> zero, @Nullable Node<V> one) {
            return new Node<>(prefix.network().high(), prefix.network().low(), prefix.bits(), value, zero, one);
        }

        IpPrefix prefix() {
            return new IpPrefix(new IpAddress(high, low), bits);
        }

        boolean covers(long otherHigh, long otherLow) {
            return bits <= 64
                    ? bits == 0 || (high ^ otherHigh) >>> 64 - bits == 0
                    : high == otherHigh && (low ^ otherLow) >>> 128 - bits == 0;
        }

        Node<V> with(@Nullable V newValue) {
            return new Node<>(high, low, bits, newValue, zero, one);
        }

        Node<V> with(boolean side, @Nullable Node<V> child) {
            return new Node<>(high, low, bits, value, side ? zero : child, side ? child : one);
        }

        @Nullable Node<V> child(boolean side) {
            return side ? one : zero;
        }
    }

    /// By family: IPv4 networks lie within IPv6 ones by their bits, but not by what they mean.
    private volatile @Nullable Node<V> v4;

    private volatile @Nullable Node<V> v6;

    /// The value of the longest prefix that an address has.
    Optional<V> find(IpAddress address) {
        return Optional.ofNullable(lookUp(address));
    }

    /// Like [#find], without an object of its own.
    @Nullable V lookUp(IpAddress address) {
        long high = address.high();
        long low = address.low();
        V found = null;
        Node<V> node = address.isV4() ? v4 : v6;
        while (node != null && node.covers(high, low)) {
            if (node.value != null) {
                found = node.value;
            }
            int bits = node.bits;
            if (bits == 128) {
                break;
            }
            node = (bits < 64 ? high << bits : low << bits - 64) < 0 ? node.one : node.zero;
        }
        return found;
    }

    /// The value of exactly this network.
    Optional<V> get(IpPrefix prefix) {
        Node<V> node = prefix.isV4() ? v4 : v6;
        while (node != null && node.bits < prefix.bits()) {
            node = node.child(bit(prefix, node.bits));
        }
        return node != null && node.prefix().equals(prefix) ? Optional.ofNullable(node.value) : Optional.empty();
    }

    synchronized void put(IpPrefix prefix, V value) {
        if (prefix.isV4()) {
            v4 = put(v4, prefix, value);
        } else {
            v6 = put(v6, prefix, value);
        }
    }

    synchronized void remove(IpPrefix prefix) {
        if (prefix.isV4()) {
            v4 = remove(v4, prefix);
        } else {
            v6 = remove(v6, prefix);
        }
    }

    private static <V> Node<V> put(@Nullable Node<V> node, IpPrefix prefix, V value) {
        if (node == null) {
            return Node.of(prefix, value, null, null);
        }
        IpPrefix here = node.prefix();
        int common = here.common(prefix);
        if (common == node.bits && common == prefix.bits()) {
            return node.with(value);
        }
        if (common == node.bits) {
            boolean side = bit(prefix, common);
            return node.with(side, put(node.child(side), prefix, value));
        }
        if (common == prefix.bits()) {
            return bit(here, common) ? Node.of(prefix, value, null, node) : Node.of(prefix, value, node, null);
        }
        IpPrefix fork = new IpPrefix(prefix.network(), common);
        Node<V> leaf = Node.of(prefix, value, null, null);
        return bit(prefix, common) ? Node.of(fork, null, node, leaf) : Node.of(fork, null, leaf, node);
    }

    private static <V> @Nullable Node<V> remove(@Nullable Node<V> node, IpPrefix prefix) {
        if (node == null || node.prefix().common(prefix) < node.bits) {
            return node;
        }
        if (node.bits == prefix.bits()) {
            return compressed(node.with(null));
        }
        boolean side = bit(prefix, node.bits);
        Node<V> child = node.child(side);
        Node<V> rest = remove(child, prefix);
        return rest == child ? node : compressed(node.with(side, rest));
    }

    /// A node without a value is there only where two ways part.
    private static <V> @Nullable Node<V> compressed(Node<V> node) {
        if (node.value != null || (node.zero != null && node.one != null)) {
            return node;
        }
        return node.zero == null ? node.one : node.zero;
    }

    private static boolean bit(IpPrefix prefix, int index) {
        IpAddress network = prefix.network();
        return (index < 64 ? network.high() << index : network.low() << index - 64) < 0;
    }

    /// Visits all, sorted by network, those of IPv4 first.
    void forEach(BiConsumer<IpPrefix, V> visitor) {
        for (Node<V> root : roots()) {
            visit(root, visitor);
        }
    }

    private List<Node<V>> roots() {
        List<Node<V>> roots = new ArrayList<>(2);
        Node<V> first = v4;
        Node<V> second = v6;
        if (first != null) {
            roots.add(first);
        }
        if (second != null) {
            roots.add(second);
        }
        return roots;
    }

    /// As deep as a prefix has bits, at most.
    private static <V> void visit(Node<V> node, BiConsumer<IpPrefix, V> visitor) {
        if (node.value != null) {
            visitor.accept(node.prefix(), node.value);
        }
        if (node.zero != null) {
            visit(node.zero, visitor);
        }
        if (node.one != null) {
            visit(node.one, visitor);
        }
    }
}
