package dev.heliograph.server.transport;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.session.Link;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The WebSocket endpoint of clients: settles encoding and subprotocol in the handshake (protocol A.1), then takes the
/// connection from Helidon to an event loop. One instance a connection.
final class ClientEndpoint implements WsListener {

    private static final String JSON_SUBPROTOCOL = "centrifuge-json";
    private static final String PROTOBUF_SUBPROTOCOL = "centrifuge-protobuf";

    private final RelayConfig config;
    private final EventLoops loops;
    private final @Nullable Handover handover;
    private final SessionFactory sessions;
    private final Counts<HandshakeOutcome> outcomes;

    private Encoding encoding = Encoding.JSON;
    private boolean nativePing;
    private String address = "";

    ClientEndpoint(
            RelayConfig config,
            EventLoops loops,
            Optional<Handover> handover,
            SessionFactory sessions,
            Counts<HandshakeOutcome> outcomes) {
        this.outcomes = outcomes;
        this.config = config;
        this.loops = loops;
        this.handover = handover.orElse(null);
        this.sessions = sessions;
    }

    @Override
    public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) {
        address = ClientAddress.of(headers);
        UriQuery query = prologue.query();
        nativePing = query.first("cf_ws_frame_ping_pong").orElse("").equals("true");
        if (query.first("format").orElse("").equals("protobuf")
                || query.first("cf_protocol").orElse("").equals("protobuf")) {
            encoding = Encoding.PROTOBUF;
        }
        String chosen = "";
        if (headers.contains(WsHeaders.PROTOCOL)) {
            for (String offered :
                    String.join(",", headers.values(WsHeaders.PROTOCOL)).split(",")) {
                String name = offered.strip().toLowerCase(Locale.ROOT);
                // Protobuf wins wherever it is named: the answer must say what will be spoken.
                if (name.equals(PROTOBUF_SUBPROTOCOL)) {
                    encoding = Encoding.PROTOBUF;
                    chosen = name;
                } else if (chosen.isEmpty() && name.equals(JSON_SUBPROTOCOL)) {
                    chosen = name;
                }
            }
        }
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        WritableHeaders<?> answer = WritableHeaders.create();
        answer.set(HeaderValues.create(WsHeaders.PROTOCOL, chosen));
        return Optional.of(answer);
    }

    @Override
    public void onOpen(WsSession session) {
        outcomes.add(HandshakeOutcome.ACCEPTED);
        ConnectionContext context = (ConnectionContext) session.socketContext();
        Accepted accepted = new Accepted(
                encoding,
                nativePing,
                address,
                context.isSecure(),
                config.websocket().messageSizeLimit(),
                config.client().queueMaxSize(),
                (int) Math.min(config.websocket().writeTimeout().toMillis(), Integer.MAX_VALUE));
        Function<Link, Link.Handler> owner = link -> sessions.create(link, nativePing);
        EventLoop loop = loops.next();
        try {
            Optional<SocketChannel> taken = handover == null ? Optional.empty() : handover.take(context.serverSocket());
            if (taken.isPresent()) {
                loop.adopt(taken.get(), drain(context.dataReader()), accepted, owner);
            } else {
                loop.serve(context, accepted, owner);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Ends Helidon's thread for this connection without another word on the socket.
        throw new CloseConnectionException("handed over");
    }

    /// What Helidon has read beyond the handshake.
    private static byte[] drain(DataReader reader) {
        int available = reader.available();
        return available == 0 ? new byte[0] : reader.readBytes(available);
    }
}
