package dev.heliograph.server.connections;

import dev.heliograph.server.config.Spelling;
import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.ip.IpPrefix;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// What connections are grouped by: the beginning of their address, or a field.
///
/// @param field    one of those in [#FIELDS]
/// @param bitsOfV4 of an IPv4 address
/// @param bitsOfV6 of an IPv6 address
public record GroupBy(Field field, int bitsOfV4, int bitsOfV6) {

    /// What can be grouped by. `version` groups by name and version of the client.
    static final List<Field> FIELDS = List.of(
            Field.IP,
            Field.USER,
            Field.CHANNEL,
            Field.CLIENT,
            Field.VERSION,
            Field.NODE,
            Field.COLOUR,
            Field.ENCODING,
            Field.TRANSPORT);

    private static final int V4 = 24;
    private static final int V6 = 48;

    /// Reads `user`, `channel` and so on, or `ip/24`, `ip/64` (for IPv6, as every length over 32 is), `ip/16/56`
    /// for both; without a length 24 and 48 bits.
    ///
    /// @throws IllegalArgumentException if it is none
    public static GroupBy parse(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("/", -1);
        Field field = Field.of(parts[0]).filter(FIELDS::contains).orElseThrow(() -> {
            List<String> known = FIELDS.stream().map(Field::word).toList();
            return new IllegalArgumentException("nothing is grouped by '%s'%s"
                    .formatted(
                            parts[0],
                            Spelling.closest(parts[0].length() > 64 ? "" : parts[0], known)
                                    .map(each -> "; did you mean " + each + "?")
                                    .orElse("; there are " + String.join(", ", known))));
        });
        if ((parts.length > 1 && field != Field.IP) || parts.length > 3) {
            throw new IllegalArgumentException("'%s' has too many slashes".formatted(text));
        }
        if (parts.length == 1) {
            return new GroupBy(field, V4, V6);
        }
        int first = bits(parts[1], 128);
        if (parts.length == 3) {
            return new GroupBy(field, bits(parts[1], 32), bits(parts[2], 128));
        }
        return first > 32 ? new GroupBy(field, V4, first) : new GroupBy(field, first, V6);
    }

    private static int bits(String text, int most) {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("'%s' is no number of bits from 0 to %d".formatted(text, most));
    }

    /// Hands out the groups a connection is in: one, or one for each of its channels.
    void keys(Member member, Consumer<String> action) {
        Row row = member.row();
        switch (field) {
            case CHANNEL -> member.session().forEachChannel(action);
            case IP -> action.accept(range(row.address()));
            case VERSION -> action.accept((row.name() + " " + row.version()).strip());
            default -> action.accept(field.text(row));
        }
    }

    /// An address that is none, a host name for example, is a group of its own.
    private String range(String address) {
        return IpAddress.find(address)
                .map(each -> {
                    int bits = each.isV4() ? bitsOfV4 : bitsOfV6;
                    return IpPrefix.of(each, bits).network() + "/" + bits;
                })
                .orElse(address);
    }

    @Override
    public String toString() {
        return field == Field.IP ? "ip/%d/%d".formatted(bitsOfV4, bitsOfV6) : field.word();
    }
}
