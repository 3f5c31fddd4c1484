package dev.heliograph.capacity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// What managed services say they cost. Prices change, and differ by region and contract: each list has a
/// date, and who decides by it has to look again.
///
/// @param note     for who reads a comparison
/// @param currency of all amounts, and of the price of a machine
public record PriceList(String note, String currency, List<ManagedService> services) {

    private static final String RESOURCE = "managed-prices.json";

    /// @param monthly of the load, if it is like that all day
    public record Comparison(String name, double monthly, String asOf, String note) {}

    public PriceList {
        Check.notEmpty("currency", currency);
        services = List.copyOf(services);
    }

    /// @throws CapacityException with file and key
    public static PriceList read(Path file) {
        return Tree.read(file.toString(), Tree.object(file), PriceList.class);
    }

    /// @param source what errors call the text
    /// @throws CapacityException likewise
    public static PriceList parse(String source, String json) {
        return Tree.read(source, Tree.object(source, json), PriceList.class);
    }

    /// The one that comes with the product.
    public static PriceList packaged() {
        try (InputStream in = PriceList.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not there");
            }
            return parse(RESOURCE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What each service costs, the cheapest first.
    public List<Comparison> compare(Demand demand) {
        return services.stream()
                .map(each -> new Comparison(each.name(), each.monthly(demand), each.asOf(), each.note()))
                .sorted(Comparator.comparingDouble(Comparison::monthly))
                .toList();
    }

    /// [#compare] as JSON.
    public ArrayNode comparisonJson(Demand demand) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        compare(demand).forEach(each -> array.add(Tree.write(each)));
        return array;
    }
}
