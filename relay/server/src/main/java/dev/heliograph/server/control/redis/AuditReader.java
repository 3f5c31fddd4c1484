package dev.heliograph.server.control.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.server.control.AuditEntry;
import dev.heliograph.server.control.AuditPage;
import dev.heliograph.server.control.AuditQuery;
import dev.heliograph.server.control.ControlException;
import dev.heliograph.server.control.ControlJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Protocol.Keyword;

/// Reads the record from its stream, whose ids are the server's time in milliseconds and a number.
///
/// A page without conditions is one read. Conditions are looked at here, line by line, so that a question about
/// what is rare reads all lines within its bounds of time.
final class AuditReader {

    /// How far the clocks of nodes and Redis may be apart for a question with bounds of time to find all lines.
    private static final Duration SKEW = Duration.ofHours(1);

    private static final Pattern ID = Pattern.compile("\\d{1,19}-\\d{1,19}");

    /// Lines of one reply.
    private static final int BATCH = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Runs a command and waits for its reply.
    @FunctionalInterface
    interface Caller {
        @Nullable
        Object call(CommandArguments command);
    }

    private final Caller redis;
    private final byte[] stream;
    private final Duration retention;

    AuditReader(Caller redis, byte[] stream, Duration retention) {
        this.redis = redis;
        this.stream = stream;
        this.retention = retention;
    }

    AuditPage page(AuditQuery query) {
        long oldest = System.currentTimeMillis() - retention.toMillis();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String first = Long.toString(Math.max(0, Math.max(query.from(), oldest) - SKEW.toMillis()));
        String last = last(query);
        List<AuditEntry> entries = new ArrayList<>();
        while (System.nanoTime() - deadline < 0) {
            List<?> lines = lines(last, first, Math.min(BATCH, query.limit() + 1));
            if (lines.isEmpty()) {
                return new AuditPage(entries, false);
            }
            for (Object line : lines) {
                AuditEntry entry = entry(Replies.list(line));
                last = "(" + entry.id();
                if (entry.at() >= oldest && query.matches(entry)) {
                    if (entries.size() == query.limit()) {
                        return new AuditPage(entries, true);
                    }
                    entries.add(entry);
                }
            }
        }
        throw new ControlException("too many lines to look at: ask for a shorter time");
    }

    private static String last(AuditQuery query) {
        if (!query.after().isEmpty()) {
            if (!ID.matcher(query.after()).matches()) {
                throw new IllegalArgumentException("'" + query.after() + "' is not the id of a line");
            }
            return "(" + query.after();
        }
        return query.to() == 0 ? "+" : Long.toString(query.to() + SKEW.toMillis());
    }

    private List<?> lines(String last, String first, int count) {
        return Replies.list(redis.call(new CommandArguments(Command.XREVRANGE)
                .key(stream)
                .add(last)
                .add(first)
                .add(Keyword.COUNT)
                .add(count)));
    }

    private static AuditEntry entry(List<?> line) {
        String id = new String(Replies.bytes(line.get(0)), UTF_8);
        Bytes json = Bytes.of(Replies.bytes(Replies.list(line.get(1)).get(1)));
        try {
            AuditEntry entry = ControlJson.read(json, AuditEntry.class);
            return new AuditEntry(
                    id,
                    entry.at(),
                    entry.operator(),
                    entry.role(),
                    entry.from(),
                    entry.action(),
                    entry.target(),
                    entry.reason(),
                    entry.before(),
                    entry.after(),
                    entry.outcome());
        } catch (IOException e) {
            throw new ControlException("line " + id + " of the record cannot be read", e);
        }
    }
}
