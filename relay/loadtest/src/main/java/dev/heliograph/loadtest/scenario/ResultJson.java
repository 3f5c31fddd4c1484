package dev.heliograph.loadtest.scenario;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.loadtest.Account;
import java.net.URI;
import org.HdrHistogram.Histogram;

/// A [Result] for programs.
final class ResultJson {

    /// Of the distribution; more nines show what a few saw.
    static final double[] PERCENTILES = {0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100};

    private static final JsonMapper JSON = new JsonMapper();

    private ResultJson() {}

    /// @param version of this program
    static ObjectNode of(Result result, String version) {
        Settings settings = result.settings();
        ObjectNode json = JSON.createObjectNode()
                .put("scenario", settings.scenario().label())
                .put("started_at", result.started().toString())
                .put("ended_early", result.early())
                .put("exact", result.exact());
        ObjectNode set = json.putObject("settings")
                .put("clients", settings.clients())
                .put("channels", settings.channels())
                .put("member_of", settings.memberOf())
                .put("size", settings.size())
                .put("rate", settings.rate())
                .put("loops", settings.loops())
                .put("senders", settings.senders())
                .put("ramp", settings.ramp())
                .put("churn", settings.churn())
                .put("slow_share", settings.slowShare())
                .put("seconds", settings.time().toMillis() / 1e3);
        ArrayNode urls = set.putArray("urls");
        settings.urls().stream().map(URI::toString).forEach(urls::add);
        json.putObject("environment")
                .put("version", version)
                .put("java", Runtime.version().toString())
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("arch", System.getProperty("os.arch"))
                .put("cores", Runtime.getRuntime().availableProcessors());
        json.put("published", result.published())
                .put("publishing_seconds", result.seconds())
                .put("entry_seconds", result.entry())
                .put("deliveries_per_second", result.deliveriesPerSecond());
        distribution(json.putObject("latency_ms"), result.latency());
        distribution(json.putObject("entry_ms"), result.entries());
        account(json.putObject("account"), result.account());
        account(json.putObject("slow"), result.slow());
        ArrayNode marks = json.putArray("marks");
        result.marks().forEach(each -> marks.addObject().put("at", each.at()).put("text", each.text()));
        ArrayNode series = json.putArray("series");
        result.series().forEach(each -> second(series.addObject(), each));
        return json;
    }

    private static void distribution(ObjectNode node, Histogram micros) {
        node.put("count", micros.getTotalCount()).put("mean", micros.getMean() / 1e3);
        ArrayNode points = node.putArray("percentiles");
        for (double each : PERCENTILES) {
            points.addObject()
                    .put("percentile", each)
                    .put("ms", micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(each) / 1e3);
        }
    }

    private static void account(ObjectNode node, Account account) {
        node.put("delivered", account.delivered())
                .put("lost", account.lost())
                .put("duplicated", account.duplicated())
                .put("reordered", account.reordered())
                .put("disconnected", account.disconnected())
                .put("returned", account.returned())
                .put("join_leave_notices", account.notices());
        ObjectNode ends = node.putObject("ends");
        account.ends().forEach(ends::put);
    }

    private static void second(ObjectNode node, Second each) {
        node.put("at", each.at())
                .put("clients", each.live())
                .put("published_per_second", each.published())
                .put("deliveries_per_second", each.delivered())
                .put("notices_per_second", each.notices())
                .put("gaps", each.gaps())
                .put("entered", each.entries().getTotalCount());
        if (each.entries().getTotalCount() > 0) {
            node.put("entry_p99_ms", each.entries().getValueAtPercentile(99) / 1e3);
        }
        if (each.latency().getTotalCount() > 0) {
            node.put("p50_ms", each.millis(50))
                    .put("p90_ms", each.millis(90))
                    .put("p99_ms", each.millis(99))
                    .put("max_ms", each.millis(100));
        }
    }
}
