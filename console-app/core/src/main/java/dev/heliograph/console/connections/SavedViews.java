package dev.heliograph.console.connections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The views: some that come with the console, then those of the operator by their names. Threadsafe.
public final class SavedViews {

    private static final System.Logger LOG = System.getLogger(SavedViews.class.getName());

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Longer names would not be read.
    static final int MAX_NAME = 60;

    private final Consumer<String> keep;
    private final Value<List<SavedView>> all;

    /// @param kept what was kept last; empty for nothing
    /// @param keep keeps a text until the next start; may take a moment
    public SavedViews(Optional<String> kept, Consumer<String> keep) {
        this.keep = keep;
        this.all = new Value<>(with(kept.map(SavedViews::read).orElse(List.of())));
    }

    /// Views that are forgotten at the end.
    public static SavedViews inMemory() {
        return new SavedViews(Optional.empty(), _ -> {});
    }

    public Value<List<SavedView>> all() {
        return all;
    }

    /// Saves a view, instead of the one of its name.
    ///
    /// @throws IllegalArgumentException with a sentence for the operator
    public void save(SavedView view) {
        String name = view.name().strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(Messages.text("connections.view.bad-name", MAX_NAME));
        }
        if (builtIn().stream().anyMatch(each -> each.name().equalsIgnoreCase(name))) {
            throw new IllegalArgumentException(Messages.text("connections.view.built-in", name));
        }
        SavedView saved = new SavedView(name, view.query(), view.columns(), view.by(), view.measure(), false);
        change(own().filter(each -> !each.name().equalsIgnoreCase(name)).toList(), saved);
    }

    /// Forgets a view; those that come with the console stay.
    public void delete(String name) {
        List<SavedView> left = own().filter(each -> !each.name().equals(name)).toList();
        all.set(with(left));
        keep.accept(write(left));
    }

    private void change(List<SavedView> others, SavedView added) {
        List<SavedView> next = new ArrayList<>(others);
        next.add(added);
        all.set(with(next));
        keep.accept(write(next));
    }

    private Stream<SavedView> own() {
        return all.get().stream().filter(view -> !view.builtIn());
    }

    private static List<SavedView> with(List<SavedView> own) {
        Comparator<SavedView> byName = Comparator.comparing(view -> view.name().toLowerCase(Locale.ROOT));
        return Stream.concat(builtIn().stream(), own.stream().sorted(byName)).toList();
    }

    /// What is looked for most: whoever is slow, loud, gone quiet or old, and where they come from.
    static List<SavedView> builtIn() {
        return Stream.of(
                        SavedView.list(name("all"), "order by connected asc"),
                        SavedView.list(name("queue"), "queue > 0 order by queue desc"),
                        SavedView.list(name("loud"), "order by in_rate desc"),
                        SavedView.list(name("heavy"), "order by out_bytes_rate desc"),
                        SavedView.list(name("slow"), "rtt > 500ms or paused = true order by rtt desc"),
                        SavedView.list(name("idle"), "idle > 10m order by idle desc"),
                        SavedView.groups(name("networks"), "", GroupBy.NETWORK, Measure.CONNECTIONS),
                        SavedView.groups(name("loud-networks"), "", GroupBy.NETWORK, Measure.IN_RATE),
                        SavedView.groups(name("users"), "", GroupBy.USER, Measure.CONNECTIONS),
                        SavedView.groups(name("versions"), "", GroupBy.VERSION, Measure.CONNECTIONS))
                .map(SavedView::asBuiltIn)
                .toList();
    }

    private static String name(String key) {
        return Messages.text("connections.view." + key);
    }

    // ---- as text ----

    private static String write(List<SavedView> views) {
        ArrayNode array = JSON.createArrayNode();
        for (SavedView view : views) {
            ObjectNode node = array.addObject();
            node.put("name", view.name());
            node.put("query", view.query());
            ArrayNode columns = node.putArray("columns");
            view.columns().forEach(columns::add);
            view.by().ifPresent(by -> node.put("by", by.name()));
            node.put("measure", view.measure().name());
        }
        return array.toString();
    }

    /// What cannot be read is left out: a view that is lost is no reason not to start.
    private static List<SavedView> read(String text) {
        List<SavedView> views = new ArrayList<>();
        try {
            for (JsonNode node : JSON.readTree(text)) {
                List<String> columns = new ArrayList<>();
                node.path("columns").forEach(column -> columns.add(column.asText()));
                String name = node.path("name").asText();
                if (!name.isBlank()) {
                    views.add(new SavedView(
                            name,
                            node.path("query").asText(),
                            columns,
                            constant(GroupBy.values(), node.path("by").asText()),
                            constant(Measure.values(), node.path("measure").asText())
                                    .orElse(Measure.CONNECTIONS),
                            false));
                }
            }
        } catch (JsonProcessingException e) {
            LOG.log(System.Logger.Level.WARNING, "saved views cannot be read: {0}", e.getOriginalMessage());
        }
        return views;
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] values, String name) {
        return Arrays.stream(values).filter(each -> each.name().equals(name)).findFirst();
    }
}
