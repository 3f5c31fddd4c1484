package dev.heliograph.server.session;

import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Disconnect;
import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.ReplyError;
import dev.heliograph.server.observe.About;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.observe.TraceEvent.Kind;
import dev.heliograph.server.observe.Tracer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What the sessions of a node tell: counters, and events for those who follow one. Threadsafe.
public final class SessionMeter {

    private final Tracer tracer;
    private final Counts<CommandKind> commands;
    private final Counts<ConnectOutcome> connects;

    /// By code; what is none of ours counts as `other`.
    private final Map<Integer, LongAdder> errors = new HashMap<>();

    private final Map<Integer, LongAdder> disconnects = new HashMap<>();
    private final LongAdder otherErrors;
    private final LongAdder otherDisconnects;
    private final LongAdder byPeer;
    private final LongAdder lost;
    private final LongAdder violations;

    public SessionMeter(Instruments instruments, Tracer tracer) {
        this.tracer = tracer;
        this.commands = instruments.counts("heliograph_commands", "Commands of clients.", "command", CommandKind.class);
        this.connects = instruments.counts(
                "heliograph_connects", "Connect requests, by how they ended.", "outcome", ConnectOutcome.class);
        for (ErrorCode code : ErrorCode.values()) {
            errors.put(code.code(), error(instruments, Integer.toString(code.code())));
        }
        this.otherErrors = error(instruments, "other");
        for (DisconnectCode code : DisconnectCode.values()) {
            disconnects.put(code.code(), disconnect(instruments, Integer.toString(code.code())));
        }
        this.otherDisconnects = disconnect(instruments, "other");
        this.byPeer = disconnect(instruments, "peer");
        this.lost = disconnect(instruments, "lost");
        this.violations = disconnect(instruments, "violation");
    }

    private static LongAdder error(Instruments instruments, String code) {
        return instruments.counter(
                "heliograph_command_errors", "Commands that were answered with an error.", "code", code);
    }

    private static LongAdder disconnect(Instruments instruments, String code) {
        return instruments.counter(
                "heliograph_disconnects",
                "Connections that ended: with a code of ours, closed by the peer, lost, or for a violation of RFC"
                        + " 6455.",
                "code",
                code);
    }

    /// Commands that were answered with an error, and connections that ended for one: ours, of the protocol or
    /// of RFC 6455; without the commands that a limit refused.
    public long errorCount() {
        long commandErrors = errors.values().stream().mapToLong(LongAdder::sum).sum() + otherErrors.sum();
        return commandErrors
                - sum(errors, ErrorCode.TOO_MANY_REQUESTS.code())
                + sum(disconnects, DisconnectCode.INTERNAL_ERROR.code())
                + sum(disconnects, DisconnectCode.BAD_REQUEST.code())
                + violations.sum();
    }

    /// Connections that ended since their peer was too slow: too much waited for it, or it took nothing for too
    /// long.
    public long slowCount() {
        return sum(disconnects, DisconnectCode.SLOW.code()) + sum(disconnects, DisconnectCode.WRITE_ERROR.code());
    }

    private static long sum(Map<Integer, LongAdder> counts, int code) {
        LongAdder count = counts.get(code);
        return count == null ? 0 : count.sum();
    }

    void command(About about, Command command) {
        CommandKind kind = CommandKind.of(command.request());
        commands.add(kind);
        if (tracer.active() && kind != CommandKind.PONG) {
            tracer.event(
                    Kind.COMMAND,
                    about,
                    CommandKind.channel(command.request()),
                    kind.name().toLowerCase(java.util.Locale.ROOT) + " " + command.id(),
                    CommandKind.payload(command.request()));
        }
    }

    void connected(About about) {
        connects.add(ConnectOutcome.ACCEPTED);
        if (tracer.active()) {
            tracer.event(Kind.CONNECTED, about, "", "");
        }
    }

    /// A connect request did not succeed.
    void refused(ConnectOutcome outcome) {
        connects.add(outcome);
    }

    void error(About about, long commandId, ReplyError error) {
        errors.getOrDefault(error.code(), otherErrors).increment();
        if (tracer.active()) {
            tracer.event(Kind.ERROR, about, "", commandId + ": " + error.code() + " " + error.message());
        }
    }

    void unsubscribed(About about, String channel, int code, String reason) {
        if (tracer.active()) {
            tracer.event(Kind.UNSUBSCRIBED, about, channel, code + " " + reason);
        }
    }

    /// The relay ends a connection.
    void disconnected(About about, Disconnect disconnect) {
        disconnects.getOrDefault(disconnect.code(), otherDisconnects).increment();
        trace(about, disconnect.code(), disconnect.reason(), "");
    }

    /// A connection has ended on the side of the sockets.
    void ended(About about, Link.Ending ending) {
        ended(ending).increment();
        trace(about, ending.code(), ending.reason(), ending.byPeer() ? " by peer" : "");
    }

    private LongAdder ended(Link.Ending ending) {
        if (ending.code() == 1006) {
            return lost;
        }
        if (ending.byPeer()) {
            return byPeer;
        }
        boolean violation = ending.code() > 1001 && ending.code() < 1012;
        return violation ? violations : disconnects.getOrDefault(ending.code(), otherDisconnects);
    }

    private void trace(About about, int code, String reason, String by) {
        if (tracer.active()) {
            tracer.event(Kind.DISCONNECTED, about, "", code + " " + reason + by);
        }
    }
}
