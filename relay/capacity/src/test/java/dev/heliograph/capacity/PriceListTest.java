package dev.heliograph.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceListTest {

    /// 10,000 connections, 1,000 channels; 100 publications and 1,000 deliveries a second: 2,628 million a
    /// month.
    private static final Demand DEMAND = Demand.DEFAULT;

    private static ManagedService service(
            double base,
            ManagedService.Counted counted,
            List<ManagedService.Tier> messages,
            List<ManagedService.Tier> connections,
            Optional<ManagedService.Unit> unit) {
        return new ManagedService(
                "a service", "all", "2026-01", "", base, 1, counted, messages, connections, List.of(), unit);
    }

    private static ManagedService.Tier tier(double price) {
        return new ManagedService.Tier(Optional.empty(), price);
    }

    @Test
    void eachTierHasItsPrice() {
        List<ManagedService.Tier> tiers = List.of(new ManagedService.Tier(Optional.of(1_000.0), 1), tier(0.5));
        assertThat(service(29, ManagedService.Counted.DELIVERED, tiers, List.of(), Optional.empty())
                        .monthly(DEMAND))
                .isEqualTo(29 + 1_000 + 1_628 * 0.5, within(0.01));
    }

    @Test
    void publicationsCountWhereTheyAreCharged() {
        assertThat(service(
                                0,
                                ManagedService.Counted.PUBLISHED_AND_DELIVERED,
                                List.of(tier(1)),
                                List.of(),
                                Optional.empty())
                        .monthly(DEMAND))
                .isEqualTo(2_628 * 1.1, within(0.01));
    }

    @Test
    void aLargeMessageCountsAsSeveral() {
        Demand large = Figures.demand("payload_bytes", 1_025);
        assertThat(service(0, ManagedService.Counted.DELIVERED, List.of(tier(1)), List.of(), Optional.empty())
                        .monthly(large))
                .isEqualTo(2 * 2_628, within(0.01));
    }

    @Test
    void connectionsArePaidByTheMinute() {
        assertThat(service(0, ManagedService.Counted.DELIVERED, List.of(), List.of(tier(0.25)), Optional.empty())
                        .monthly(DEMAND))
                .isEqualTo(10_000 * 730 * 60 / 1e6 * 0.25, within(0.01));
    }

    @Test
    void unitsAreRentedWhole() {
        Optional<ManagedService.Unit> unit = Optional.of(new ManagedService.Unit(2, 3_000, 1, 0.5));
        // Four units for 10,000 connections; they have 121.7 million messages a month.
        double days = 730 / 24.0;
        assertThat(service(0, ManagedService.Counted.DELIVERED, List.of(), List.of(), unit)
                        .monthly(DEMAND))
                .isEqualTo(4 * 2 * days + (2_628 - 4 * days) * 0.5, within(0.01));
    }

    @Test
    void thePackagedListHasDatesNotesAndSources() {
        PriceList list = PriceList.packaged();
        assertThat(list.services()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(each -> {
            assertThat(each.note()).contains("'");
            assertThat(each.note()).doesNotContain("://");
            assertThat(each.monthly(DEMAND)).isBetween(10.0, 100_000.0);
        });
        assertThat(list.note()).contains("Check them");
        assertThat(list.compare(DEMAND)).isSortedAccordingTo(Comparator.comparingDouble(PriceList.Comparison::monthly));
    }

    @Test
    void aListOfOnesOwnIsChecked(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("prices.json"), """
            {"note": "", "currency": "EUR", "services": [{"name": "x", "priced": "", "as_of": "soon", "note": "",
             "base_month": 1, "message_kib": 1, "counted": "delivered", "message_tiers": [], "connection_tiers": [],
             "channel_tiers": []}]}
            """);
        assertThatThrownBy(() -> PriceList.read(file))
                .hasMessage(file + ": services[0].as_of: 'soon' is not a month such as 2026-01");
        Files.writeString(file, Files.readString(file).replace("soon", "2026-02"));
        assertThat(PriceList.read(file).compare(DEMAND))
                .singleElement()
                .satisfies(each -> assertThat(each.monthly()).isEqualTo(1));
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "\"message_tiers\": []",
                                "\"message_tiers\": [{\"per_million\": 1}, {\"per_million\": 2}]"));
        assertThatThrownBy(() -> PriceList.read(file))
                .hasMessage(file + ": services[0].message_tiers: each but the last has an up_to_millions, above that of"
                        + " the one before");
    }
}
