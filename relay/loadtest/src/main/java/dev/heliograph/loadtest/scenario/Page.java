package dev.heliograph.loadtest.scenario;

import dev.heliograph.loadtest.Account;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// A [Result] for people: one file, without scripts and without anything from elsewhere.
final class Page {

    /// Points of a line at most; of more seconds every n-th is shown with its own figures.
    private static final int POINTS = 1_000;

    private static final double[] TICKS = {0, 90, 99, 99.9, 99.99, 99.999};

    private static final String STYLE = """
            :root{color-scheme:light dark;--bg:#fff;--card:#f6f7f9;--fg:#1b1f24;--soft:#5c6570;--grid:#dfe3e8;--ok:#127a3d;--bad:#b42318;
            --l0:#2563c9;--l1:#c2570c;--l2:#a3186c}
            @media (prefers-color-scheme:dark){:root{--bg:#14171b;--card:#1c2127;--fg:#e7eaee;--soft:#9aa4af;--grid:#303841;--ok:#4cc383;
            --bad:#ff8b7d;--l0:#6ea8ff;--l1:#f2a15f;--l2:#f083c4}}
            *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
            main{max-width:1160px;margin:0 auto;padding:28px 20px 48px}h1{font-size:24px;margin:0}h2{font-size:17px;margin:28px 0 8px}
            p{margin:4px 0;color:var(--soft)}.ok{color:var(--ok);font-weight:600}.bad{color:var(--bad);font-weight:600}
            .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0}
            .figures div,figure{background:var(--card);border-radius:8px;padding:12px 14px;margin:0}
            .figures b{display:block;font-size:22px;font-variant-numeric:tabular-nums}.figures span{color:var(--soft);font-size:13px}
            .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr));gap:12px}
            svg{display:block;width:100%;height:auto}svg path{fill:none;stroke-width:1.8;stroke-linejoin:round}
            .l0{stroke:var(--l0)}.l1{stroke:var(--l1)}.l2{stroke:var(--l2)}line.l0,line.l1,line.l2{stroke-width:3}
            .grid{stroke:var(--grid)}.mark{stroke:var(--soft);stroke-dasharray:3 3}
            svg text{fill:var(--soft);font:12px system-ui,sans-serif}svg .title{fill:var(--fg);font-size:14px;font-weight:600}
            svg .note{font-size:11px}.tables{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:0 28px}
            table{border-collapse:collapse;width:100%}td,th{padding:4px 8px 4px 0;border-bottom:1px solid var(--grid);text-align:left;
            font-weight:400}td{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
            """;

    private Page() {}

    /// @param version of this program
    static String of(Result result, String version) {
        Settings settings = result.settings();
        String title = "Load: " + settings.scenario().label();
        StringBuilder out = new StringBuilder();
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(Plot.escape(title))
                .append("</title><meta name=\"viewport\" content=\"width=device-width\"><style>\n")
                .append(STYLE)
                .append("</style></head><body><main><h1>")
                .append(Plot.escape(title))
                .append("</h1><p>")
                .append(Plot.escape(settings.scenario().text()))
                .append("</p><p>")
                .append(verdict(result))
                .append("</p><div class=\"figures\">");
        figure(out, whole(settings.clients()), "clients");
        figure(out, whole(result.deliveriesPerSecond()), "deliveries a second");
        figure(out, millis(result.latencyMillis(50)), "latency, half of all below");
        figure(out, millis(result.latencyMillis(99)), "latency, 99 % below");
        figure(out, millis(result.entryMillis(99)), "entry, 99 % below");
        figure(out, whole(result.account().lost()), "lost");
        out.append("</div><div class=\"plots\">");
        plots(result).forEach(each -> out.append("<figure>").append(each.svg()).append("</figure>"));
        out.append("</div><div class=\"tables\">");
        table(out, "Account", account(result.account()));
        if (result.slow().delivered() > 0) {
            table(out, "Account of the slow clients", account(result.slow()));
        }
        table(out, "Settings", settings(result, version));
        return out.append("</div></main></body></html>\n").toString();
    }

    private static String verdict(Result result) {
        String text = result.exact()
                ? "<span class=\"ok\">Every client got every publication once and in order.</span>"
                : "<span class=\"bad\">The account is not exact.</span>";
        return text + (result.early() ? " Ended before its time." : "");
    }

    private static void figure(StringBuilder out, String value, String name) {
        out.append("<div><b>").append(value).append("</b><span>").append(name).append("</span></div>");
    }

    private static List<Plot> plots(Result result) {
        List<Result.Mark> marks = result.marks();
        return List.of(
                new Plot("Deliveries a second", List.of(line(result, "", Second::delivered)), marks, List.of()),
                new Plot(
                        "Latency over time, ms",
                        List.of(
                                line(result, "p50", each -> latency(each, 50)),
                                line(result, "p90", each -> latency(each, 90)),
                                line(result, "p99", each -> latency(each, 99))),
                        marks,
                        List.of()),
                distribution(result),
                new Plot("Clients", List.of(line(result, "", Second::live)), marks, List.of()));
    }

    private static double latency(Second second, double percentile) {
        return second.latency().getTotalCount() == 0 ? Double.NaN : second.millis(percentile);
    }

    private static Plot.Line line(Result result, String name, ToDoubleFunction<Second> value) {
        List<Second> series = result.series();
        int every = 1 + series.size() / POINTS;
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < series.size(); i += every) {
            points.add(new double[] {series.get(i).at(), value.applyAsDouble(series.get(i))});
        }
        return new Plot.Line(name, points);
    }

    /// Each nine has as much room as the one before.
    private static Plot distribution(Result result) {
        long count = result.latency().getTotalCount();
        List<double[]> points = new ArrayList<>();
        for (double nines = 0; count > 0 && nines <= Math.min(5, Math.log10(count)); nines += 0.05) {
            points.add(new double[] {nines, result.latencyMillis(100 - 100 / Math.pow(10, nines))});
        }
        List<Result.Mark> ticks = new ArrayList<>();
        for (int i = 0; i < TICKS.length && count > 0 && i <= Math.log10(count); i++) {
            ticks.add(new Result.Mark(i, trimmed(TICKS[i]) + " %"));
        }
        return new Plot("Latency by percentile, ms", List.of(new Plot.Line("", points)), List.of(), ticks);
    }

    private static String trimmed(double percentile) {
        return percentile == Math.rint(percentile) ? Integer.toString((int) percentile) : Double.toString(percentile);
    }

    private static List<String[]> account(Account account) {
        List<String[]> rows = new ArrayList<>(List.of(
                new String[] {"delivered", whole(account.delivered())},
                new String[] {"lost", whole(account.lost())},
                new String[] {"duplicated", whole(account.duplicated())},
                new String[] {"reordered", whole(account.reordered())},
                new String[] {"disconnected", whole(account.disconnected())},
                new String[] {"came back", whole(account.returned())},
                new String[] {"joins and leaves heard", whole(account.notices())}));
        account.ends().forEach((cause, count) -> rows.add(new String[] {"connections: " + cause, whole(count)}));
        return rows;
    }

    private static List<String[]> settings(Result result, String version) {
        Settings settings = result.settings();
        return List.of(
                new String[] {"published", whole(result.published())},
                new String[] {"seconds of publishing", String.format(Locale.ROOT, "%.1f", result.seconds())},
                new String[] {"seconds until all were there", String.format(Locale.ROOT, "%.1f", result.entry())},
                new String[] {"channels", whole(settings.channels())},
                new String[] {"channels of each client", whole(settings.memberOf())},
                new String[] {"bytes of a payload", whole(settings.size())},
                new String[] {
                    "publications a second", settings.rate() == 0 ? "saturated" : Plot.shorten(settings.rate())
                },
                new String[] {"threads, senders", settings.loops() + ", " + settings.senders()},
                new String[] {
                    "servers", settings.urls().stream().map(String::valueOf).collect(Collectors.joining(" "))
                },
                new String[] {
                    "started", result.started().truncatedTo(ChronoUnit.SECONDS).toString()
                },
                new String[] {
                    "program",
                    version + ", Java " + Runtime.version().feature() + ", "
                            + Runtime.getRuntime().availableProcessors() + " cores"
                });
    }

    private static void table(StringBuilder out, String title, List<String[]> rows) {
        out.append("<section><h2>").append(title).append("</h2><table>");
        rows.forEach(row -> out.append("<tr><th>")
                .append(Plot.escape(row[0]))
                .append("</th><td>")
                .append(Plot.escape(row[1]))
                .append("</td></tr>"));
        out.append("</table></section>");
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f ms" : "%.0f ms", value);
    }
}
