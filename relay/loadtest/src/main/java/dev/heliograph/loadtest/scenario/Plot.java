package dev.heliograph.loadtest.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A line chart as SVG, in the colours of the page that it is in.
///
/// @param title what it shows, with the unit
/// @param lines over the same axes; a point whose y is not finite interrupts its line
/// @param marks vertical lines with a text
/// @param ticks of the x axis with names of their own; empty for round numbers
record Plot(String title, List<Line> lines, List<Result.Mark> marks, List<Result.Mark> ticks) {

    /// @param points x and y each
    record Line(String name, List<double[]> points) {}

    private static final int WIDTH = 720;
    private static final int HEIGHT = 260;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 34;
    private static final int BOTTOM = 30;
    private static final int STEPS = 5;

    /// Marks that are nearer than this are written below each other.
    private static final int MARK_WIDTH = 150;

    Plot(String title, List<Line> lines) {
        this(title, lines, List.of(), List.of());
    }

    /// The least of 1, 2 and 5 times a power of ten that is not below a value.
    static double nice(double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : new double[] {1, 2, 5}) {
            if (value <= factor * power * (1 + 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /// A number as short as an axis wants it, such as 250k.
    static String shorten(double value) {
        double size = Math.abs(value);
        if (size >= 1e6) {
            return trimmed(value / 1e6) + "M";
        }
        return size >= 1e4 ? trimmed(value / 1e3) + "k" : trimmed(value);
    }

    private static String trimmed(double value) {
        String text = String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : "%.2f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    /// The whole element.
    String svg() {
        double step = nice(highest() / STEPS);
        double top = step * Math.max(1, Math.ceil(highest() / step - 1e-9));
        double last = Math.max(lastX(), 1e-9);
        StringBuilder out = new StringBuilder();
        out.append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">".formatted(WIDTH, HEIGHT, escape(title)));
        text(out, 0, 14, "title", "start", title);
        for (double y = 0; y <= top * (1 + 1e-9); y += step) {
            line(out, "grid", LEFT, y(y, top), WIDTH - RIGHT, y(y, top));
            text(out, LEFT - 8, y(y, top) + 4, "tick", "end", shorten(y));
        }
        for (Result.Mark tick : ticks.isEmpty() ? roundTicks(last) : ticks) {
            line(out, "grid", x(tick.at(), last), HEIGHT - BOTTOM, x(tick.at(), last), HEIGHT - BOTTOM + 4);
            text(out, x(tick.at(), last), HEIGHT - BOTTOM + 18, "tick", "middle", tick.text());
        }
        marks(out, last);
        for (int i = 0; i < lines.size(); i++) {
            String path = path(lines.get(i).points(), last, top);
            if (!path.isEmpty()) {
                out.append("<path class=\"l%d\" d=\"%s\"/>".formatted(i, path));
            }
        }
        if (lines.size() > 1) {
            legend(out);
        }
        if (highest() == 0 && lastX() == 0) {
            text(out, (LEFT + WIDTH) / 2.0, HEIGHT / 2.0, "tick", "middle", "no data");
        }
        return out.append("</svg>").toString();
    }

    private void marks(StringBuilder out, double last) {
        double before = -MARK_WIDTH;
        int row = 0;
        for (Result.Mark mark : marks) {
            double at = x(Math.min(mark.at(), last), last);
            row = at - before < MARK_WIDTH ? row + 1 : 0;
            before = at;
            line(out, "mark", at, TOP, at, HEIGHT - BOTTOM);
            boolean right = at > WIDTH - RIGHT - MARK_WIDTH;
            text(out, at + (right ? -4 : 4), TOP + 10 + 12.0 * row, "note", right ? "end" : "start", mark.text());
        }
    }

    private void legend(StringBuilder out) {
        double at = WIDTH - RIGHT;
        for (int i = lines.size() - 1; i >= 0; i--) {
            String name = lines.get(i).name();
            text(out, at, 14, "tick", "end", name);
            at -= 7.0 * name.length() + 6;
            line(out, "l" + i, at - 16, 10, at, 10);
            at -= 28;
        }
    }

    private static List<Result.Mark> roundTicks(double last) {
        double step = nice(last / 8);
        List<Result.Mark> all = new ArrayList<>();
        for (double at = 0; at <= last * (1 + 1e-9); at += step) {
            all.add(new Result.Mark(at, shorten(at) + " s"));
        }
        return all;
    }

    private String path(List<double[]> points, double last, double top) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (double[] each : points) {
            if (!Double.isFinite(each[1])) {
                pen = false;
                continue;
            }
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", x(each[0], last), y(each[1], top)));
            pen = true;
        }
        return path.toString();
    }

    private double highest() {
        return lines.stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(each -> each[1])
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    private double lastX() {
        return lines.stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(each -> each[0])
                .max()
                .orElse(0);
    }

    private static double x(double at, double last) {
        return LEFT + at / last * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);
    }

    private static void line(StringBuilder out, String kind, double x1, double y1, double x2, double y2) {
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                kind,
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder out, double x, double y, String kind, String anchor, String text) {
        out.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                kind,
                x,
                y,
                anchor,
                escape(text)));
    }
}
