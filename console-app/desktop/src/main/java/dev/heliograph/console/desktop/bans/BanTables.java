package dev.heliograph.console.desktop.bans;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.table.LiveColumn;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.wire.RevocationRow;
import dev.heliograph.console.wire.UserBanRow;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tables of the three lists.
final class BanTables {

    private final Clock clock;

    BanTables(Clock clock) {
        this.clock = clock;
    }

    LiveTable<String, IpRuleRow> addresses(Runnable first) {
        List<LiveColumn<IpRuleRow, ?>> own = List.of(
                LiveColumn.<IpRuleRow>text("network", text("bans.column.network"), IpRuleRow::cidr)
                        .width(150),
                LiveColumn.<IpRuleRow>status("kind", text("bans.column.kind"), row -> kind(row.kind()))
                        .width(80));
        LiveTable<String, IpRuleRow> table = new LiveTable<>(
                text("bans.section.addresses"),
                IpRuleRow::cidr,
                columns(
                        own,
                        IpRuleRow::expiresAt,
                        IpRuleRow::hits,
                        IpRuleRow::lastHit,
                        IpRuleRow::reason,
                        IpRuleRow::author,
                        IpRuleRow::created));
        table.setId("bans-addresses");
        table.emptyState(empty("addresses", first));
        return table;
    }

    LiveTable<String, UserBanRow> users(Runnable first) {
        List<LiveColumn<UserBanRow, ?>> own =
                List.of(LiveColumn.<UserBanRow>text("user", text("bans.column.user"), UserBanRow::user)
                        .width(150));
        LiveTable<String, UserBanRow> table = new LiveTable<>(
                text("bans.section.users"),
                UserBanRow::user,
                columns(
                        own,
                        UserBanRow::expiresAt,
                        UserBanRow::hits,
                        UserBanRow::lastHit,
                        UserBanRow::reason,
                        UserBanRow::author,
                        UserBanRow::created));
        table.setId("bans-users");
        table.emptyState(empty("users", first));
        return table;
    }

    LiveTable<String, RevocationRow> revocations(Runnable first) {
        List<LiveColumn<RevocationRow, ?>> own =
                List.of(LiveColumn.<RevocationRow>text("id", text("bans.column.revoked"), BanTables::revoked)
                        .width(230));
        LiveTable<String, RevocationRow> table = new LiveTable<>(
                text("bans.section.revocations"),
                RevocationRow::id,
                columns(
                        own,
                        RevocationRow::expiresAt,
                        RevocationRow::hits,
                        RevocationRow::lastHit,
                        RevocationRow::reason,
                        RevocationRow::author,
                        RevocationRow::created));
        table.setId("bans-revocations");
        table.emptyState(empty("revocations", first));
        return table;
    }

    private static ViewState.Empty empty(String list, Runnable first) {
        return (ViewState.Empty) ViewState.empty(
                text("bans.empty." + list + ".title"),
                text("bans.empty." + list + ".hint"),
                text("bans.empty." + list + ".step"),
                first);
    }

    private <R> List<LiveColumn<R, ?>> columns(
            List<LiveColumn<R, ?>> own,
            Function<R, @Nullable Long> expiresAt,
            Function<R, Long> hits,
            Function<R, @Nullable Long> lastHit,
            Function<R, String> reason,
            Function<R, String> author,
            Function<R, Long> created) {
        Stream<LiveColumn<R, ?>> common = Stream.of(
                LiveColumn.<R>text("ends", text("bans.column.ends"), row -> ends(expiresAt.apply(row)))
                        .width(104),
                LiveColumn.<R, Long>measure("hits", text("bans.column.hits"), hits, Formats::count)
                        .width(64),
                LiveColumn.<R>text("last", text("bans.column.last"), row -> last(lastHit.apply(row)))
                        .width(118),
                LiveColumn.<R>text("reason", text("bans.column.reason"), reason)
                        .width(80)
                        .growing(),
                LiveColumn.<R>text("author", text("bans.column.author"), author).width(60),
                LiveColumn.<R>text(
                                "created",
                                text("bans.column.created"),
                                row -> Times.minute(Instant.ofEpochMilli(created.apply(row))))
                        .width(146));
        return Stream.concat(own.stream(), common).toList();
    }

    private String ends(@Nullable Long at) {
        return at == null ? text("bans.never") : Times.until(Instant.ofEpochMilli(at), clock.instant());
    }

    private String last(@Nullable Long at) {
        return at == null ? Formats.NONE : Times.ago(Instant.ofEpochMilli(at), clock.instant());
    }

    private static Status kind(IpRuleKind kind) {
        return switch (kind) {
            case BAN -> Status.of("ban", Tone.BAD);
            case DENY -> Status.of("deny", Tone.WARNING);
            case ALLOW -> Status.of("allow", Tone.GOOD);
            case UNKNOWN -> Status.of("unknown", Tone.WARNING);
        };
    }

    private static String revoked(RevocationRow row) {
        Long before = row.issuedBefore();
        return before == null
                ? row.id()
                : text("bans.revoked.before", row.id(), Times.minute(Instant.ofEpochSecond(before)));
    }
}
