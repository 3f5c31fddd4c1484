package dev.heliograph.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One scrape of a relay's metrics, read strictly: the text format of Prometheus, version 0.0.4, as its
/// documentation has it, with what OpenMetrics asks for beyond that (HELP and TYPE once and before the samples of a
/// family, families in one piece, no series twice, histograms that add up).
record Scrape(Map<String, Family> families, Map<String, Double> series) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Pattern META = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|-?[0-9.]+(?:E-?[0-9]+)?)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    /// @param labels names of its labels, sorted, without `le`
    record Family(String name, String type, String help, TreeSet<String> labels) {}

    static Scrape of(int port) {
        return parse(get(port, "text/plain").body());
    }

    static HttpResponse<String> get(int port, String accept) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                            .header("Accept", accept)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Scrape parse(String text) {
        require(text.endsWith("\n"), "does not end with a line feed");
        Map<String, Family> families = new LinkedHashMap<>();
        Map<String, Double> series = new LinkedHashMap<>();
        Map<String, String> help = new TreeMap<>();
        Family family = null;
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            Matcher meta = META.matcher(line);
            if (meta.matches()) {
                String name = meta.group(2);
                if (meta.group(1).equals("HELP")) {
                    require(help.put(name, meta.group(3)) == null, "HELP twice: " + line);
                } else {
                    require(help.containsKey(name), "no HELP before " + line);
                    family = new Family(name, meta.group(3), help.getOrDefault(name, ""), new TreeSet<>());
                    require(families.put(name, family) == null, "TYPE twice: " + line);
                }
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            require(sample.matches(), "not a sample: " + line);
            require(family != null && belongs(sample.group(1), family), "outside of its family: " + line);
            Map<String, String> labels = labels(sample.group(2) == null ? "" : sample.group(2));
            if (family != null) {
                labels.keySet().stream().filter(name -> !name.equals("le")).forEach(family.labels()::add);
            }
            require(
                    series.put(sample.group(1) + new TreeMap<>(labels), value(sample.group(3))) == null,
                    "twice: " + line);
        }
        Scrape scrape = new Scrape(families, series);
        families.values().stream()
                .filter(each -> each.type().equals("histogram"))
                .forEach(scrape::checkHistogram);
        return scrape;
    }

    private static boolean belongs(String sample, Family family) {
        List<String> suffixes = switch (family.type()) {
            case "histogram" -> List.of("_bucket", "_sum", "_count");
            case "summary" -> List.of("", "_sum", "_count");
            case "counter", "gauge" -> List.of("");
            default -> List.of();
        };
        return suffixes.stream().anyMatch(suffix -> sample.equals(family.name() + suffix));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(text);
        int at = 0;
        while (label.find()) {
            require(label.start() == at, "labels: " + text);
            require(labels.put(label.group(1), label.group(2)) == null, "a label twice: " + text);
            at = label.end();
        }
        require(at == text.length(), "labels: " + text);
        return labels;
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private void checkHistogram(Family family) {
        Map<String, Double> last = new TreeMap<>();
        Map<String, Double> bound = new TreeMap<>();
        series.forEach((key, value) -> {
            if (key.startsWith(family.name() + "_bucket{")) {
                Matcher le = Pattern.compile("(?:, )?le=([^,}]+)").matcher(key);
                require(le.find(), "no le: " + key);
                String rest = le.replaceFirst("").replace("{, ", "{").replace("_bucket{", "_count{");
                double upper = value(le.group(1));
                require(upper > bound.getOrDefault(rest, Double.NEGATIVE_INFINITY), "bounds in disorder: " + key);
                require(value >= last.getOrDefault(rest, 0.0), "buckets are not cumulative: " + key);
                bound.put(rest, upper);
                last.put(rest, value);
            }
        });
        last.forEach((count, value) -> {
            require(bound.getOrDefault(count, 0.0) == Double.POSITIVE_INFINITY, "no +Inf: " + count);
            require(value.equals(series.get(count)), "+Inf is not the count: " + count);
            require(series.containsKey(count.replace("_count{", "_sum{")), "no sum: " + count);
        });
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /// The value of a series.
    ///
    /// @param labels `{}` for none, else `{name=value, name=value}`, sorted by name
    double value(String name, String labels) {
        Double value = series.get(name + labels);
        if (value == null) {
            throw new IllegalArgumentException("no " + name + labels + ", but "
                    + series.keySet().stream()
                            .filter(key -> key.startsWith(name))
                            .collect(Collectors.joining(" ")));
        }
        return value;
    }

    /// The names and labels of all series of the relay itself.
    TreeSet<String> own() {
        return series.keySet().stream()
                .filter(key -> key.startsWith("heliograph_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
