package dev.heliograph.console.bans;

import dev.heliograph.console.action.Blast;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Undo;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.ImportWish;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleWish;
import dev.heliograph.console.workspace.Census;
import dev.heliograph.console.workspace.Workspace;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Many rules for addresses from a text, all of them or none, and all rules as a text. The format is that of
/// docs/limits.md.
public final class BanImport {

    /// Of a longer text it is not asked for each rule who is hit now: it would take too many questions.
    static final int COUNTED = 50;

    /// Rules that are deleted one by one when an import is undone; with more of them it can not be undone.
    static final int UNDONE = 5_000;

    private final AdminApi api;
    private final Clock clock;

    public BanImport(Workspace workspace) {
        this.api = workspace.api();
        this.clock = workspace.clock();
    }

    /// All rules, as [#propose] reads them. Blocks.
    public String export() {
        return api.exportIpRules().text();
    }

    /// Puts down the rules of a text. The dry run has read all of it when the proposal is there.
    ///
    /// @param kind      where a line does not say
    /// @param expiresAt where a line does not say
    public Proposal propose(String text, IpRuleKind kind, Optional<Instant> expiresAt, String reason) {
        ImportWish wish =
                new ImportWish(text, kind, expiresAt.map(Instant::toEpochMilli).orElse(null));
        List<String> warnings = new ArrayList<>();
        boolean force = false;
        int rules;
        try {
            rules = api.importIpRules(wish, Change.DRY_RUN).rules();
        } catch (AdminException e) {
            if (e.kind() != AdminException.Kind.CONFLICT) {
                throw e;
            }
            force = true;
            warnings.add(Messages.text("bans.own", e.sentence()));
            rules = api.importIpRules(wish, Change.DRY_RUN.forced()).rules();
        }
        List<Line> lines = lines(text, kind);
        boolean wide = lines.stream().anyMatch(Line::isWide);
        if (wide) {
            warnings.add(Messages.text("bans.import.wide"));
        }
        boolean counted = lines.size() <= COUNTED;
        if (!counted) {
            warnings.add(Messages.text("bans.import.uncounted", COUNTED));
        }
        if (rules > UNDONE) {
            warnings.add(Messages.text("bans.import.no-undo", BanTexts.count(UNDONE)));
        }
        Optional<Blast> blast = counted ? Optional.of(Census.blast(api, hits(lines))) : Optional.empty();
        Risk risk = force || wide || !counted
                ? Risk.TYPE_NAME
                : blast.map(each -> Census.risk(each, Risk.CONFIRM)).orElse(Risk.CONFIRM);
        boolean forced = force;
        Set<String> networks = lines.stream().map(line -> key(line.network())).collect(Collectors.toSet());
        return new Proposal(
                "ip_rule.import",
                Messages.text("bans.import.title", BanTexts.count(rules)),
                risk,
                Role.OPERATOR,
                List.of(
                        BanTexts.parameter("bans.import.rules", BanTexts.count(rules)),
                        BanTexts.parameter("bans.import.kind", BanTexts.kind(kind)),
                        BanTexts.parameter("bans.import.until", new BanTexts(clock).until(expiresAt))),
                blast,
                warnings,
                why -> perform(wish, networks, why.isBlank() ? reason : why, forced));
    }

    private record Line(String network, IpRuleKind kind) {

        boolean isWide() {
            return kind != IpRuleKind.ALLOW && Cidr.parse(network).isWide();
        }
    }

    /// The rules of a text that the relay has found good.
    private static List<Line> lines(String text, IpRuleKind usual) {
        Map<String, Line> lines = new LinkedHashMap<>();
        for (String each : text.lines().toList()) {
            String[] words = each.strip().split("\\s+", 3);
            if (!words[0].isEmpty() && !words[0].startsWith("#")) {
                boolean says = words.length > 1 && !words[1].startsWith("#");
                lines.put(
                        words[0],
                        new Line(words[0], says ? IpRuleKind.valueOf(words[1].toUpperCase(Locale.ROOT)) : usual));
            }
        }
        return List.copyOf(lines.values());
    }

    /// At most so many are hit; who is in two of the networks is counted twice.
    private long hits(List<Line> lines) {
        Change change = Change.DRY_RUN.forced();
        return lines.stream()
                .mapToLong(line -> api.putIpRule(new IpRuleWish(line.network(), line.kind(), null), change)
                        .preview()
                        .hit())
                .sum();
    }

    /// @param networks that the text names
    private Outcome perform(ImportWish wish, Set<String> networks, String reason, boolean force) {
        Map<String, String> before = byNetwork(export());
        Change change = Change.because(reason);
        int rules = api.importIpRules(wish, force ? change.forced() : change).rules();
        // What others put down meanwhile is theirs.
        Map<String, String> made = byNetwork(export());
        made.keySet().retainAll(networks);
        made.entrySet().removeIf(each -> each.getValue().equals(before.get(each.getKey())));
        before.keySet().retainAll(made.keySet());
        String sentence = Messages.text("bans.import.done", BanTexts.count(rules));
        return new Outcome(
                sentence,
                made.size() - before.size() > UNDONE
                        ? Optional.empty()
                        : Optional.of(new Undo(Messages.text("bans.import.undo"), _ -> undo(before, made))));
    }

    /// Restores what was replaced, in one commit, and then deletes what was added. A rule that somebody has changed or
    /// deleted since stays as it is.
    ///
    /// @param before the lines of the rules that were replaced, by network
    /// @param made   the lines of all rules that the import has made, by network
    private Outcome undo(Map<String, String> before, Map<String, String> made) {
        Change change = Change.because(Messages.text("bans.undo.reason"));
        Map<String, String> now = byNetwork(export());
        StringBuilder replaced = new StringBuilder();
        List<String> added = new ArrayList<>();
        int changed = 0;
        for (Map.Entry<String, String> each : made.entrySet()) {
            String was = before.get(each.getKey());
            if (!each.getValue().equals(now.get(each.getKey()))) {
                changed++;
            } else if (was == null || isOver(was)) {
                added.add(networkOf(each.getValue()));
            } else {
                replaced.append(was).append('\n');
            }
        }
        if (!replaced.isEmpty()) {
            api.importIpRules(new ImportWish(replaced.toString(), null, null), change);
        }
        added.forEach(network -> api.deleteIpRule(network, change));
        return new Outcome(
                changed == 0 ? Messages.text("bans.import.undone") : Messages.text("bans.import.undone.but", changed),
                Optional.empty());
    }

    /// Whether the end of an exported rule is past: then there is nothing to put back.
    private boolean isOver(String line) {
        String end = line.split(" ", 4)[2];
        return !end.equals("-") && !Instant.parse(end).isAfter(clock.instant());
    }

    private static Map<String, String> byNetwork(String export) {
        Map<String, String> lines = new LinkedHashMap<>();
        export.lines().forEach(line -> lines.put(key(networkOf(line)), line));
        return lines;
    }

    private static String networkOf(String line) {
        return line.split(" ", 2)[0];
    }

    /// The same for each spelling of a network.
    private static String key(String network) {
        Cidr cidr = Cidr.parse(network);
        byte[] address = InetAddress.ofLiteral(cidr.address()).getAddress();
        int most = 8 * address.length;
        // An IPv4 address may be written as one of IPv6.
        int bits = Math.max(0, cidr.bits() - (cidr.v6() ? 128 - most : 0));
        return most + "/" + bits + "/" + new BigInteger(1, address).shiftRight(most - bits);
    }
}
