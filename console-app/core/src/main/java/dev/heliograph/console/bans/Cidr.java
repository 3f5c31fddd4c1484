package dev.heliograph.console.bans;

import dev.heliograph.console.text.Messages;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.regex.Pattern;

/// An address or a network as an operator may write it: checked before the relay sees it, so that a typing error is
/// told
/// while it is typed. The relay's own spelling of it is in its answer.
///
/// @param address without the prefix length
/// @param bits    of the prefix, of 32 or 128
/// @param v6      whether it is an IPv6 network
public record Cidr(String address, int bits, boolean v6) {

    /// An IPv4 address without leading zeros: others might read those as octal numbers.
    private static final Pattern DOTTED = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

    /// The narrowest networks that are wide: 65,536 addresses of IPv4, what a provider has of IPv6.
    private static final int WIDE_V4 = 16;

    private static final int WIDE_V6 = 32;

    /// @throws IllegalArgumentException with a sentence for the operator
    public static Cidr parse(String text) {
        String spelled = text.strip();
        if (spelled.isEmpty()) {
            throw new IllegalArgumentException(Messages.text("bans.cidr.empty"));
        }
        int slash = spelled.indexOf('/');
        String address = slash < 0 ? spelled : spelled.substring(0, slash);
        boolean v6 = address.indexOf(':') >= 0;
        if (!isAddress(address, v6)) {
            throw new IllegalArgumentException(Messages.text("bans.cidr.address", address));
        }
        int most = v6 ? 128 : 32;
        return new Cidr(address, slash < 0 ? most : bits(spelled.substring(slash + 1), most), v6);
    }

    private static boolean isAddress(String text, boolean v6) {
        if (!v6) {
            return DOTTED.matcher(text).matches();
        }
        if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static int bits(String text, int most) {
        if (!text.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(Messages.text("bans.cidr.bits", text, most));
        }
        return Integer.parseInt(text);
    }

    /// Whether it is one address.
    public boolean isSingle() {
        return bits == (v6 ? 128 : 32);
    }

    /// Whether it has so many addresses that a rule for it needs a second thought, whoever is connected now.
    public boolean isWide() {
        return bits < (v6 ? WIDE_V6 : WIDE_V4);
    }

    /// How many addresses are in it: `1 address`, `256 addresses`, `2^64 addresses`.
    public String size() {
        int free = (v6 ? 128 : 32) - bits;
        if (free == 0) {
            return Messages.text("bans.cidr.one");
        }
        String many = free <= 32 ? String.format(java.util.Locale.ROOT, "%,d", BigInteger.TWO.pow(free)) : "2^" + free;
        return Messages.text("bans.cidr.many", many);
    }

    @Override
    public String toString() {
        return isSingle() ? address : address + "/" + bits;
    }
}
