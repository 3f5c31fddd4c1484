package dev.heliograph.server.guard;

import dev.heliograph.server.control.Document;
import dev.heliograph.server.control.DocumentListener;
import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.ip.IpPrefix;
import dev.heliograph.server.ip.PrefixTrie;
import java.lang.System.Logger.Level;
import java.util.Optional;

/// The rules for addresses that are in force. Threadsafe; a check never waits for a change.
final class IpRules implements DocumentListener<IpRule> {

    private static final System.Logger LOG = System.getLogger(IpRules.class.getName());

    /// A rule and how often it decided.
    ///
    /// @param kind    of the rule
    /// @param refusal of whom it keeps out: made once, because a flood of them may be kept out
    record Entry(IpPrefix prefix, IpRule.Kind kind, Hits hits, Refusal refusal) {

        boolean admits() {
            return kind == IpRule.Kind.ALLOW;
        }
    }

    private final PrefixTrie<Entry> byPrefix = new PrefixTrie<>();
    private final Runnable changed;

    /// @param changed run behind each change: who is connected may not be welcome any more
    IpRules(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public void put(Document<IpRule> document) {
        IpPrefix prefix;
        try {
            prefix = IpPrefix.parse(document.id());
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, () -> "an IP rule has no effect: " + e.getMessage());
            return;
        }
        // What was counted goes on while the rule does the same as before.
        Hits hits = byPrefix.get(prefix)
                .filter(before -> before.kind() == document.body().kind())
                .map(Entry::hits)
                .orElseGet(Hits::new);
        Refusal refusal = new Refusal(
                document.body().kind() == IpRule.Kind.BAN ? Refusal.Cause.ADDRESS_BANNED : Refusal.Cause.ADDRESS_DENIED,
                document.id(),
                0);
        byPrefix.put(prefix, new Entry(prefix, document.body().kind(), hits, refusal));
        changed.run();
    }

    @Override
    public void removed(String id) {
        try {
            byPrefix.remove(IpPrefix.parse(id));
            changed.run();
        } catch (IllegalArgumentException _) {
            // It never had an effect.
        }
    }

    /// The rule that holds for an address.
    Optional<Entry> find(IpAddress address) {
        return byPrefix.find(address);
    }

    Optional<Entry> get(IpPrefix prefix) {
        return byPrefix.get(prefix);
    }
}
