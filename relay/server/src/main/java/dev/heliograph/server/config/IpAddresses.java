package dev.heliograph.server.config;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// IP addresses and networks as people and proxies write them, each in one form: an IPv4 address that is mapped into
/// IPv6 (`::ffff:192.0.2.1`) is that IPv4 address, and an IPv6 address has no zone.
///
/// Read strictly: names, wildcards, ranges, masks and the old forms of IPv4 (`127.1`, `0x7f.0.0.1`, `010.0.0.1`) are no
/// addresses here, since others might read them differently.
public final class IpAddresses {

    private static final Pattern V4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    /// The longest has 45 characters (RFC 4291 section 2.2), and a zone may follow.
    private static final Pattern V6 = Pattern.compile("([0-9a-fA-F:.]{2,45})(%[-\\w.]{1,32})?");

    private static final Pattern PREFIX_LENGTH = Pattern.compile("\\d{1,3}");

    private static final int MAPPED_BITS = IPv6Address.BIT_COUNT - IPv4Address.BIT_COUNT;

    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowPrefix(false)
            .allowMask(false)
            .allow_inet_aton(false)
            .toParams();

    private IpAddresses() {}

    /// The address that a text is.
    public static Optional<IPAddress> address(String text) {
        boolean v6 = text.indexOf(':') >= 0;
        if (!(v6 ? V6 : V4).matcher(text).matches()) {
            return Optional.empty();
        }
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        if (v6
                && bare.indexOf('.') >= 0
                && !V4.matcher(bare.substring(bare.lastIndexOf(':') + 1)).matches()) {
            return Optional.empty();
        }
        IPAddress address = new IPAddressString(bare, STRICT).getAddress();
        return Optional.ofNullable(address).map(IpAddresses::unmapped);
    }

    /// The network that a text is, an address alone or with the length of its prefix (CIDR); bits behind the
    /// prefix do not count.
    public static Optional<IPAddress> network(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return address(text);
        }
        String length = text.substring(slash + 1);
        String base = text.substring(0, slash);
        if (base.indexOf('%') >= 0 || !PREFIX_LENGTH.matcher(length).matches()) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(length);
        return address(base).flatMap(address -> {
            // What was written as mapped has its length counted as IPv6.
            int prefix = address.isIPv4() && base.indexOf(':') >= 0 ? bits - MAPPED_BITS : bits;
            return prefix < 0 || prefix > address.getBitCount()
                    ? Optional.empty()
                    : Optional.of(address.toPrefixBlock(prefix));
        });
    }

    /// The address of a socket.
    public static IPAddress of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPv4Address.BYTE_COUNT ? new IPv4Address(bytes) : unmapped(new IPv6Address(bytes));
    }

    private static IPAddress unmapped(IPAddress address) {
        return address instanceof IPv6Address v6 && v6.isIPv4Mapped() ? v6.getEmbeddedIPv4Address() : address;
    }
}
