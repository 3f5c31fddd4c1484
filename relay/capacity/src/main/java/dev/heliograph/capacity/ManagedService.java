package dev.heliograph.capacity;

import java.util.List;
import java.util.Optional;

/// The price list of a service that others run. Amounts are of one currency, without tax, and without traffic
/// unless a message is what traffic is charged by.
///
/// @param name               of the service, tier and region
/// @param priced             what is charged for, in words
/// @param asOf               month or day of the source, `2026-01` or `2026-01-15`
/// @param note               sources, by title, and what is left out
/// @param baseMonth          whatever is used
/// @param messageKib         size that counts as one message; a larger one counts as several
/// @param counted            which messages are charged
/// @param messageTiers       prices of a million messages a month, from the first on; empty if units have them
/// @param connectionTiers    prices of a million minutes of connections; may be empty
/// @param channelTiers       prices of a million minutes of channels; may be empty
/// @param unit               what is rented by the day, if that is how it works
public record ManagedService(
        String name,
        String priced,
        String asOf,
        String note,
        double baseMonth,
        double messageKib,
        Counted counted,
        List<Tier> messageTiers,
        List<Tier> connectionTiers,
        List<Tier> channelTiers,
        Optional<Unit> unit) {

    private static final double MILLION = 1e6;
    private static final double DAYS = Assumed.MONTH_HOURS / 24;

    /// Which messages are charged.
    public enum Counted {
        DELIVERED,
        PUBLISHED_AND_DELIVERED
    }

    /// @param upToMillions where the next price begins; absent in the last one
    public record Tier(Optional<Double> upToMillions, double perMillion) {
        public Tier {
            upToMillions.ifPresent(each -> Check.within("up_to_millions", each, 0.000_001, 1e12));
            Check.within("per_million", perMillion, 0, 1e6);
        }
    }

    /// @param pricePerDay         of one
    /// @param connections         that one has
    /// @param millionsPerDay      messages that one has a day
    /// @param perMillionBeyond    price of a million more
    public record Unit(double pricePerDay, double connections, double millionsPerDay, double perMillionBeyond) {
        public Unit {
            Check.within("price_per_day", pricePerDay, 0, 1e6);
            Check.within("connections", connections, 1, 1e9);
            Check.within("millions_per_day", millionsPerDay, 0, 1e9);
            Check.within("per_million_beyond", perMillionBeyond, 0, 1e6);
        }
    }

    public ManagedService {
        Check.notEmpty("name", name);
        if (!asOf.matches("\\d{4}-\\d{2}(-\\d{2})?")) {
            throw new IllegalArgumentException("as_of: '" + asOf + "' is not a month such as 2026-01");
        }
        Check.within("base_month", baseMonth, 0, 1e9);
        Check.within("message_kib", messageKib, 0.001, 1e6);
        messageTiers = checked("message_tiers", messageTiers);
        connectionTiers = checked("connection_tiers", connectionTiers);
        channelTiers = checked("channel_tiers", channelTiers);
    }

    private static List<Tier> checked(String key, List<Tier> tiers) {
        double last = 0;
        for (int i = 0; i < tiers.size(); i++) {
            double end = tiers.get(i).upToMillions().orElse(Double.POSITIVE_INFINITY);
            if (end <= last || (i == tiers.size() - 1) != Double.isInfinite(end)) {
                throw new IllegalArgumentException(
                        key + ": each but the last has an up_to_millions, above that of the one before");
            }
            last = end;
        }
        return List.copyOf(tiers);
    }

    /// What it costs a month if the load is like that all day.
    public double monthly(Demand demand) {
        double minutes = Assumed.MONTH_HOURS * 60;
        double millions = messages(demand) * minutes * 60 / MILLION;
        return baseMonth
                + tiered(messageTiers, millions)
                + tiered(connectionTiers, demand.allConnections() * minutes / MILLION)
                + tiered(channelTiers, demand.allChannels() * minutes / MILLION)
                + unit.map(each -> units(each, demand.allConnections(), millions))
                        .orElse(0.0);
    }

    /// A second.
    private double messages(Demand demand) {
        double parts = Math.ceil(demand.payloadBytes() / (messageKib * 1_024));
        double published = counted == Counted.PUBLISHED_AND_DELIVERED ? demand.allPublications() : 0;
        return (published + demand.deliveries()) * parts;
    }

    private static double tiered(List<Tier> tiers, double millions) {
        double amount = 0;
        double from = 0;
        for (Tier tier : tiers) {
            double to = tier.upToMillions().orElse(Double.POSITIVE_INFINITY);
            amount += Math.max(0, Math.min(millions, to) - from) * tier.perMillion();
            from = to;
        }
        return amount;
    }

    private static double units(Unit unit, double connections, double millions) {
        double units = Math.max(1, Math.ceil(connections / unit.connections()));
        double beyond = Math.max(0, millions - units * unit.millionsPerDay() * DAYS);
        return units * unit.pricePerDay() * DAYS + beyond * unit.perMillionBeyond();
    }
}
