package dev.heliograph.compare;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How a figure of [Growth] changes along one axis, as an SVG file: both axes logarithmic, so that a cost that grows
/// in proportion is a straight line and a cliff is a bend.
///
/// @param axis   what is changed, as in `growth_AXIS_100_FIGURE`
/// @param figure what is plotted
record GrowthPlot(String axis, String figure, String title) {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 110;
    private static final int TOP = 36;
    private static final int BOTTOM = 34;

    private static final String STYLE = """
            <style>
            text { font: 12px sans-serif; fill: #24292f } .title { font-weight: 600 } .grid { stroke: #d0d7de }
            path { fill: none; stroke-width: 2 } .heliograph { stroke: #b35900; fill: #b35900 }
            .reference { stroke: #0969da; fill: #0969da } path.heliograph, path.reference { fill: none }
            text.heliograph, text.reference { stroke: none }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3 } .grid { stroke: #3d444d } .heliograph { stroke: #f0a35e; fill: #f0a35e }
              .reference { stroke: #6cb6ff; fill: #6cb6ff }
            }
            </style>
            """;

    /// The file; empty if nothing was measured.
    String svg(Sheet sheet) {
        TreeMap<Double, Double> own = points(sheet, Peer.HELIOGRAPH);
        TreeMap<Double, Double> other = points(sheet, Peer.REFERENCE);
        if (own.size() < 2 || other.size() < 2) {
            return "";
        }
        double low = Math.min(lowest(own), lowest(other));
        double high = Math.max(highest(own), highest(other));
        Axis x = new Axis(own.firstKey(), own.lastKey(), LEFT, WIDTH - RIGHT);
        Axis y = new Axis(
                Math.pow(10, Math.floor(Math.log10(low))),
                Math.pow(10, Math.ceil(Math.log10(high))),
                HEIGHT - BOTTOM,
                TOP);
        StringBuilder out = new StringBuilder();
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
                .formatted(WIDTH, HEIGHT, title));
        out.append(STYLE);
        text(out, "title", LEFT, 16, "start", title);
        for (double at = y.from; at <= y.to * 1.001; at *= 10) {
            line(out, LEFT, y.at(at), WIDTH - RIGHT, y.at(at));
            text(out, "", LEFT - 8, y.at(at) + 4, "end", number(at));
        }
        for (double at : own.keySet()) {
            line(out, x.at(at), HEIGHT - BOTTOM, x.at(at), HEIGHT - BOTTOM + 5);
            text(out, "", x.at(at), HEIGHT - BOTTOM + 20, "middle", axis.equals("size") ? bytes(at) : number(at));
        }
        boolean above = own.lastEntry().getValue() >= other.lastEntry().getValue();
        curve(out, Peer.HELIOGRAPH, own, x, y, above ? -4 : 12);
        curve(out, Peer.REFERENCE, other, x, y, above ? 12 : -4);
        return out.append("</svg>\n").toString();
    }

    private record Axis(double from, double to, double begin, double end) {
        double at(double value) {
            return begin + (end - begin) * Math.log(value / from) / Math.log(to / from);
        }
    }

    private TreeMap<Double, Double> points(Sheet sheet, Peer peer) {
        TreeMap<Double, Double> points = new TreeMap<>();
        String begin = "growth_" + axis + "_";
        String end = "_" + figure;
        for (String each : sheet.figures().keySet()) {
            double[] spread = sheet.spread(each, peer);
            if (each.startsWith(begin) && each.endsWith(end) && spread != null) {
                String value = each.substring(begin.length(), each.length() - end.length());
                points.put(Double.valueOf(value), spread[1]);
            }
        }
        return points;
    }

    private static double lowest(TreeMap<Double, Double> points) {
        return points.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    private static double highest(TreeMap<Double, Double> points) {
        return points.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    private static void curve(StringBuilder out, Peer peer, TreeMap<Double, Double> points, Axis x, Axis y, int shift) {
        List<String> corners = points.entrySet().stream()
                .map(each -> String.format(Locale.ROOT, "%.1f %.1f", x.at(each.getKey()), y.at(each.getValue())))
                .toList();
        out.append("<path class=\"%s\" d=\"M%s\"/>%n".formatted(peer.key(), String.join("L", corners)));
        out.append(corners.stream()
                .map(each -> "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3\"/>"
                        .formatted(peer.key(), each.split(" ")[0], each.split(" ")[1]))
                .collect(Collectors.joining("", "", "\n")));
        text(out, peer.key(), WIDTH - RIGHT + 8, y.at(points.lastEntry().getValue()) + shift, "start", peer.key());
    }

    private static void line(StringBuilder out, double x1, double y1, double x2, double y2) {
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder out, String kind, double x, double y, String anchor, String text) {
        out.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                kind,
                x,
                y,
                anchor,
                text));
    }

    private static String number(double value) {
        return value >= 1e6
                ? String.format(Locale.ROOT, "%.0fM", value / 1e6)
                : value >= 1e3
                        ? String.format(Locale.ROOT, "%.0fk", value / 1e3)
                        : String.format(Locale.ROOT, "%.0f", value);
    }

    private static String bytes(double value) {
        return value >= 1_024
                ? String.format(Locale.ROOT, "%.0f KiB", value / 1_024)
                : String.format(Locale.ROOT, "%.0f B", value);
    }
}
