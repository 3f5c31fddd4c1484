package dev.heliograph.console.testing;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.wire.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The rules of a cluster in memory, behind the interface of the admin API: what a dry run must not touch is not
/// touched, and each call is on record. Operations that it does not have fail.
public final class FakeRelay {

    /// Connections of the cluster.
    public int connections = 1_000;

    /// Those that any rule hits.
    public int hit = 1;

    /// An address or network that is refused unless it is forced.
    public Optional<String> own = Optional.empty();

    /// What fails: by name of the method.
    public Predicate<String> failing = _ -> false;

    /// `putIpRule`, `putIpRule dry`, ... in their order.
    public final List<String> calls = new CopyOnWriteArrayList<>();

    public final Map<String, IpRuleRow> addresses = new TreeMap<>();
    public final Map<String, UserBanRow> users = new TreeMap<>();
    public final Map<String, RevocationRow> revocations = new TreeMap<>();
    public final Map<String, LimitRow> limits = new TreeMap<>();
    public final List<AuditRow> audit = new ArrayList<>();
    public final Map<String, ChannelView> channels = new TreeMap<>();
    public final List<String> published = new ArrayList<>();

    private final Clock clock;

    public FakeRelay(Clock clock) {
        this.clock = clock;
    }

    /// The rule of a network, which must be there.
    public IpRuleRow address(String cidr) {
        return Objects.requireNonNull(addresses.get(cidr), cidr);
    }

    /// The ban of a user, which must be there.
    public UserBanRow user(String user) {
        return Objects.requireNonNull(users.get(user), user);
    }

    /// The revocation of this id, which must be there.
    public RevocationRow revocation(String id) {
        return Objects.requireNonNull(revocations.get(id), id);
    }

    /// The limit of this name, which must be there.
    public LimitRow limit(String name) {
        return Objects.requireNonNull(limits.get(name), name);
    }

    public AdminApi api() {
        return (AdminApi) Proxy.newProxyInstance(
                AdminApi.class.getClassLoader(), new Class<?>[] {AdminApi.class}, (_, method, arguments) -> {
                    Object[] given = arguments == null ? new Object[0] : arguments;
                    boolean dry = Arrays.stream(given).anyMatch(each -> each instanceof Change c && c.dryRun());
                    calls.add(method.getName() + (dry ? " dry" : ""));
                    return invoke(method, given);
                });
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        if (failing.test(method.getName())) {
            throw new AdminException(AdminException.Kind.UNAVAILABLE, "The cluster cannot do it now.");
        }
        try {
            return FakeRelay.class
                    .getMethod(method.getName(), method.getParameterTypes())
                    .invoke(this, arguments);
        } catch (NoSuchMethodException _) {
            throw new UnsupportedOperationException(method.getName());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    public NodeList nodes() {
        return new NodeList(List.of(new NodeRow(
                "id", "relay-1", "127.0.0.1:8000", "1", "blue", true, false, 0, connections, 0, 0, 0, 0, 2, 0, 0, 0)));
    }

    private PreviewView preview(long hits) {
        return new PreviewView(hits, hits, hits == 0 ? List.of() : List.of(new Hit("client-1", "10.0.0.1", "bob")));
    }

    private void refuseOwn(String cidr, Change change) {
        if (own.filter(cidr::equals).isPresent() && !change.force()) {
            throw new AdminException(AdminException.Kind.CONFLICT, "your own address would be refused by " + cidr);
        }
    }

    private static <R> List<R> page(List<R> rows, Predicate<R> matches, int limit) {
        return rows.stream().filter(matches).limit(limit + 1L).toList();
    }

    // ---- rules for addresses ----

    public IpRuleList ipRules(String text, Optional<String> after, int limit) {
        List<IpRuleRow> rows = page(
                List.copyOf(addresses.values()),
                row -> (row.cidr() + row.reason() + row.author()).contains(text)
                        && row.cidr().compareTo(after.orElse("")) > 0,
                limit);
        return new IpRuleList(rows.stream().limit(limit).toList(), rows.size() > limit);
    }

    public IpRuleChange putIpRule(IpRuleWish wish, Change change) {
        refuseOwn(wish.cidr(), change);
        IpRuleRow before = addresses.get(wish.cidr());
        IpRuleRow after = new IpRuleRow(
                wish.cidr(), wish.kind(), change.reason(), "ann", clock.millis(), wish.expiresAt(), 0, null);
        if (!change.dryRun()) {
            addresses.put(wish.cidr(), after);
        }
        long hits = wish.kind() == IpRuleKind.ALLOW ? 0 : hit;
        return new IpRuleChange(wish.cidr(), state(before), state(after), preview(hits), change.dryRun());
    }

    public IpRuleChange deleteIpRule(String cidr, Change change) {
        refuseOwn(cidr, change);
        IpRuleRow before = change.dryRun() ? addresses.get(cidr) : addresses.remove(cidr);
        return new IpRuleChange(cidr, state(before), null, preview(0), change.dryRun());
    }

    private static @Nullable IpRuleState state(@Nullable IpRuleRow row) {
        return row == null ? null : new IpRuleState(row.kind(), row.reason(), row.author(), row.created());
    }

    public IpRuleCheck checkIp(String ip) {
        return new IpRuleCheck(ip, addresses.get(ip));
    }

    public Imported importIpRules(ImportWish wish, Change change) {
        List<String> lines = wish.text().lines().filter(line -> !line.isBlank()).toList();
        for (String line : lines) {
            String[] words = line.split(" ", 4);
            refuseOwn(words[0], change);
            IpRuleKind kind = words.length > 1
                    ? IpRuleKind.valueOf(words[1].toUpperCase(java.util.Locale.ROOT))
                    : Optional.ofNullable(wish.kind()).orElse(IpRuleKind.BAN);
            if (!change.dryRun()) {
                String reason = words.length > 3 ? words[3] : change.reason();
                addresses.put(
                        words[0],
                        new IpRuleRow(words[0], kind, reason, "ann", clock.millis(), wish.expiresAt(), 0, null));
            }
        }
        return new Imported(lines.size(), change.dryRun());
    }

    public Exported exportIpRules() {
        StringBuilder text = new StringBuilder();
        addresses
                .values()
                .forEach(row -> text.append(row.cidr() + " " + row.kind().name().toLowerCase(java.util.Locale.ROOT)
                                + " - " + row.reason())
                        .append('\n'));
        return new Exported(text.toString());
    }

    // ---- users and tokens ----

    public UserBanList userBans(String text, Optional<String> after, int limit) {
        List<UserBanRow> rows = page(
                List.copyOf(users.values()),
                row -> row.user().contains(text) && row.user().compareTo(after.orElse("")) > 0,
                limit);
        return new UserBanList(rows.stream().limit(limit).toList(), rows.size() > limit);
    }

    public UserBanChange putUserBan(UserBanWish wish, Change change) {
        boolean existed = users.containsKey(wish.user());
        if (!change.dryRun()) {
            users.put(
                    wish.user(),
                    new UserBanRow(wish.user(), change.reason(), "ann", clock.millis(), wish.expiresAt(), 0, null));
        }
        return new UserBanChange(wish.user(), existed, preview(hit), change.dryRun());
    }

    public UserBanChange deleteUserBan(String user, Change change) {
        boolean existed = users.containsKey(user);
        if (!change.dryRun()) {
            users.remove(user);
        }
        return new UserBanChange(user, existed, preview(0), change.dryRun());
    }

    public RevocationList revocations(String text, Optional<String> after, int limit) {
        List<RevocationRow> rows = page(
                List.copyOf(revocations.values()),
                row -> row.id().contains(text) && row.id().compareTo(after.orElse("")) > 0,
                limit);
        return new RevocationList(rows.stream().limit(limit).toList(), rows.size() > limit);
    }

    public RevocationChange putRevocation(RevocationWish wish, Change change) {
        String id = wish.jti() != null ? "jti:" + wish.jti() : "user:" + wish.user();
        boolean existed = revocations.containsKey(id);
        if (!change.dryRun()) {
            revocations.put(
                    id,
                    new RevocationRow(
                            id,
                            wish.jti(),
                            wish.user(),
                            wish.issuedBefore(),
                            change.reason(),
                            "ann",
                            clock.millis(),
                            wish.expiresAt(),
                            0,
                            null));
        }
        return new RevocationChange(id, existed, preview(hit), change.dryRun());
    }

    public RevocationChange deleteRevocation(String id, Change change) {
        boolean existed = revocations.containsKey(id);
        if (!change.dryRun()) {
            revocations.remove(id);
        }
        return new RevocationChange(id, existed, preview(0), change.dryRun());
    }

    // ---- limits ----

    public LimitList limits() {
        return new LimitList(List.copyOf(limits.values()));
    }

    public LimitChange putLimit(String name, LimitWish wish, Change change) {
        LimitState before =
                Optional.ofNullable(limits.get(name)).map(LimitRow::rule).orElse(null);
        LimitState after = new LimitState(
                wish.order() == null ? 0 : wish.order(),
                wish.operation(),
                wish.scope(),
                wish.user(),
                wish.cidr(),
                wish.namespace(),
                wish.channel(),
                wish.rate() == null ? 0 : wish.rate(),
                wish.burst() == null ? 0 : wish.burst(),
                wish.max() == null ? 0 : wish.max(),
                wish.mode() == null ? LimitMode.ENFORCE : wish.mode(),
                "ann",
                clock.millis());
        if (!change.dryRun()) {
            limits.put(name, new LimitRow(name, after, false, wish.expiresAt(), 0, 0, 0, null, List.of()));
        }
        return new LimitChange(name, before, after, preview(hit), change.dryRun());
    }

    public LimitChange deleteLimit(String name, Change change) {
        LimitRow row = change.dryRun() ? limits.get(name) : limits.remove(name);
        return new LimitChange(name, row == null ? null : row.rule(), null, preview(0), change.dryRun());
    }

    // ---- channels ----

    public ChannelList channels(String pattern, String order, int limit) {
        return new ChannelList(
                channels.values().stream()
                        .map(ChannelView::channel)
                        .limit(limit)
                        .toList(),
                Math.max(0, channels.size() - limit),
                true,
                List.of());
    }

    public ChannelView channel(String channel, int limit) {
        return Optional.ofNullable(channels.get(channel))
                .orElseThrow(() -> new NoSuchElementException("no channel " + channel));
    }

    public Published publish(String channel, com.fasterxml.jackson.databind.JsonNode data, Change change) {
        if (change.dryRun()) {
            return new Published(channel, true, null, null);
        }
        published.add(channel + " " + data);
        return new Published(channel, false, 7L, "epoch");
    }

    // ---- audit ----

    public AuditList audit(AdminApi.AuditQuestion question) {
        List<AuditRow> matching = audit.stream()
                .filter(row -> question.operator()
                                .filter(each -> !each.equals(row.operator()))
                                .isEmpty()
                        && question.action()
                                .filter(each -> !each.equals(row.action()))
                                .isEmpty()
                        && question.text()
                                .filter(each -> !(row.target() + row.reason()).contains(each))
                                .isEmpty()
                        && question.since()
                                .filter(each -> row.at() < each.toEpochMilli())
                                .isEmpty()
                        && question.until()
                                .filter(each -> row.at() >= each.toEpochMilli())
                                .isEmpty()
                        && question.after()
                                .filter(each -> row.id().compareTo(each) >= 0)
                                .isEmpty())
                .toList()
                .reversed();
        return new AuditList(matching.stream().limit(question.limit()).toList(), matching.size() > question.limit());
    }
}
