package dev.heliograph.server.transport;

import dev.heliograph.server.config.HttpServerConfig;
import dev.heliograph.server.config.HttpServerConfig.ForwardedHeader;
import dev.heliograph.server.ip.IpAddress;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.ProxyProtocolV2Data;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// From which address a request comes: that of the socket's peer, unless the peer is a trusted proxy, which may say for
/// whom it is there by a PROXY header, by `X-Forwarded-For` or by `Forwarded`.
///
/// ```
///  socket's peer ── not trusted ──► it
///     │ trusted
///  source of the PROXY header, if it names one, else the peer ── not trusted ──► it
///     │ trusted
///  last hop of the forwarding header ── not trusted ──► it
///     │ trusted: the hop before it, and so on; the chain ends, or holds no address ──► the last one that was good
/// ```
/// So a client can write what it likes into its headers: what it wrote stands in front of what our own proxies added.
///
/// It is worked out once a request, when its head has come, and kept in a header of our own, where [#of] finds it; a
/// client's own header of that name is overwritten. Threadsafe.
final class ClientAddress implements Http1ConnectionListener {

    private static final System.Logger LOG = System.getLogger(ClientAddress.class.getName());

    private static final HeaderName RESULT = HeaderNames.create("x-heliograph-client-address");
    private static final HeaderName FORWARDED = HeaderNames.FORWARDED;
    private static final HeaderName X_FORWARDED_FOR = HeaderNames.X_FORWARDED_FOR;

    private record Rules(TrustedProxies trusted, ForwardedHeader header) {}

    private final boolean proxyProtocol;
    private volatile Rules rules;

    ClientAddress(HttpServerConfig config) {
        this.proxyProtocol = config.proxyProtocol();
        this.rules = new Rules(new TrustedProxies(config.trustedProxies()), config.forwardedHeader());
    }

    /// Whom to trust from now on.
    void trust(TrustedProxies trusted, ForwardedHeader header) {
        rules = new Rules(trusted, header);
    }

    /// The address of the client that sent a request with these headers, canonical: without zone, port or
    /// brackets.
    static String of(Headers headers) {
        return headers.first(RESULT).orElse("");
    }

    /// Refuses an accepted connection whose peer may not send a PROXY header where every connection begins with
    /// one.
    ///
    /// @throws RefusedPeerException if it is refused
    void accepted(SocketChannel channel) {
        if (!proxyProtocol) {
            return;
        }
        IpAddress peer = peer(channel);
        if (!rules.trusted().contains(peer)) {
            LOG.log(Level.DEBUG, () -> "dropped " + peer + ": not one of http_server.trusted_proxies");
            throw new RefusedPeerException("not a trusted proxy");
        }
    }

    /// The client's address, if an accepted connection shows it before anything is read: it does unless there
    /// may be a proxy in between.
    Optional<IpAddress> direct(SocketChannel channel) {
        if (proxyProtocol) {
            return Optional.empty();
        }
        IpAddress peer = peer(channel);
        return rules.trusted().contains(peer) ? Optional.empty() : Optional.of(peer);
    }

    private static IpAddress peer(SocketChannel channel) {
        try {
            return address(channel.getRemoteAddress());
        } catch (IOException e) {
            // The peer has gone again; Helidon drops the connection.
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        if (headers instanceof WritableHeaders<?> writable) {
            IpAddress address = resolve(context, headers);
            writable.set(HeaderValues.create(RESULT, address.toString()));
        }
    }

    private IpAddress resolve(ConnectionContext context, Headers headers) {
        Rules now = rules;
        IpAddress peer = address(context.remotePeer().address());
        if (!now.trusted().contains(peer)) {
            return peer;
        }
        IpAddress sender =
                context.proxyProtocolData().flatMap(ClientAddress::source).orElse(peer);
        if (!now.trusted().contains(sender)) {
            return sender;
        }
        return behind(sender, hops(now.header(), headers), now.trusted());
    }

    private static Iterator<Optional<IpAddress>> hops(ForwardedHeader header, Headers headers) {
        Stream<Optional<IpAddress>> hops = switch (header) {
            case X_FORWARDED_FOR -> ForwardedChain.nearestFirst(header, values(headers, X_FORWARDED_FOR));
            case FORWARDED -> ForwardedChain.nearestFirst(header, values(headers, FORWARDED));
            case NONE -> Stream.empty();
        };
        return hops.iterator();
    }

    private static List<String> values(Headers headers, HeaderName name) {
        return headers.contains(name) ? headers.values(name) : List.of();
    }

    /// Walks back along a chain as far as it can be believed.
    private static IpAddress behind(IpAddress sender, Iterator<Optional<IpAddress>> hops, TrustedProxies trusted) {
        IpAddress known = sender;
        while (trusted.contains(known) && hops.hasNext()) {
            Optional<IpAddress> hop = hops.next();
            if (hop.isEmpty()) {
                return known;
            }
            known = hop.get();
        }
        return known;
    }

    /// For whom a PROXY header says that the connection is there; nothing for the proxy's own connections
    /// (LOCAL), and where it does not say.
    private static Optional<IpAddress> source(ProxyProtocolData data) {
        boolean local = data instanceof ProxyProtocolV2Data v2 && v2.command() == ProxyProtocolV2Data.Command.LOCAL;
        return switch (data.family()) {
            case IPv4, IPv6 -> local ? Optional.empty() : IpAddress.find(data.sourceAddress());
            case UNIX, UNKNOWN -> Optional.empty();
        };
    }

    private static IpAddress address(SocketAddress address) {
        return IpAddress.ofPeer(address);
    }
}
