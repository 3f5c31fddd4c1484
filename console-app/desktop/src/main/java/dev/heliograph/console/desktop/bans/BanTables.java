package dev.heliograph.console.desktop.bans;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.table.LiveColumn;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.GuardRow;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.wire.RevocationRow;
import dev.heliograph.console.wire.UserBanRow;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tables of the three lists.
final class BanTables {

    private final Clock clock;

    BanTables(Clock clock) {
        this.clock = clock;
    }

    LiveTable<String, IpRuleRow> addresses(Runnable first) {
        return table(
                "addresses",
                IpRuleRow::cidr,
                first,
                LiveColumn.<IpRuleRow>text("network", text("bans.column.network"), IpRuleRow::cidr)
                        .width(150),
                LiveColumn.<IpRuleRow>status("kind", text("bans.column.kind"), row -> kind(row.kind()))
                        .width(80));
    }

    LiveTable<String, UserBanRow> users(Runnable first) {
        return table(
                "users",
                UserBanRow::user,
                first,
                LiveColumn.<UserBanRow>text("user", text("bans.column.user"), UserBanRow::user)
                        .width(150));
    }

    LiveTable<String, RevocationRow> revocations(Runnable first) {
        return table(
                "revocations",
                RevocationRow::id,
                first,
                LiveColumn.<RevocationRow>text("id", text("bans.column.revoked"), BanTables::revoked)
                        .width(230));
    }

    /// @param own its columns before those that all have
    @SafeVarargs
    private <R extends GuardRow> LiveTable<String, R> table(
            String list, Function<R, String> key, Runnable first, LiveColumn<R, ?>... own) {
        List<LiveColumn<R, ?>> columns = new ArrayList<>(List.of(own));
        columns.addAll(List.of(
                LiveColumn.<R>text("ends", text("bans.column.ends"), row -> ends(row.expiresAt()))
                        .width(104),
                LiveColumn.<R, Long>measure("hits", text("bans.column.hits"), GuardRow::hits, Formats::count)
                        .width(64),
                LiveColumn.<R>text("last", text("bans.column.last"), row -> last(row.lastHit()))
                        .width(118),
                LiveColumn.<R>text("reason", text("bans.column.reason"), GuardRow::reason)
                        .width(80)
                        .growing(),
                LiveColumn.<R>text("author", text("bans.column.author"), GuardRow::author)
                        .width(60),
                LiveColumn.<R>text(
                                "created",
                                text("bans.column.created"),
                                row -> Times.minute(Instant.ofEpochMilli(row.created())))
                        .width(146)));
        LiveTable<String, R> table = new LiveTable<>(text("bans.section." + list), key, columns);
        table.setId("bans-" + list);
        table.emptyState((ViewState.Empty) ViewState.empty(
                text("bans.empty." + list + ".title"),
                text("bans.empty." + list + ".hint"),
                text("bans.empty." + list + ".step"),
                first));
        return table;
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
