package dev.heliograph.grafana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Writes dashboards as the JSON that Grafana (10 or later) reads.
final class DashboardJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Of Grafana 10.4; later ones read it, too.
    private static final int SCHEMA = 39;

    private static final int COLUMNS = 24;

    private DashboardJson() {}

    /// The text of its file.
    static String write(Dashboard dashboard) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        printer.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(json(dashboard)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("nodes are JSON", e);
        }
    }

    private static ObjectNode json(Dashboard dashboard) {
        ObjectNode json = NODES.objectNode();
        json.put("uid", dashboard.uid()).put("title", dashboard.title()).put("description", dashboard.description());
        json.putArray("tags").add("heliograph");
        json.put("editable", false).put("graphTooltip", 1).put("schemaVersion", SCHEMA);
        json.put("refresh", "10s").put("timezone", "browser");
        json.putObject("time").put("from", "now-1h").put("to", "now");
        json.putObject("annotations").putArray("list").add(deployments());
        json.putArray("links")
                .addObject()
                .put("title", "Heliograph")
                .put("type", "dashboards")
                .put("asDropdown", true)
                .put("includeVars", false)
                .put("keepTime", true)
                .putArray("tags")
                .add("heliograph");
        json.putObject("templating").set("list", variables(dashboard));
        json.set("panels", panels(dashboard.rows()));
        return json;
    }

    /// A mark where a deployment held the lock.
    private static ObjectNode deployments() {
        ObjectNode mark = NODES.objectNode().put("name", "Deployments").put("enable", true);
        mark.set("datasource", source());
        return mark.put("iconColor", "purple")
                .put("expr", "heliograph_deploy_lock == 1")
                .put("titleFormat", "Deployment")
                .put("step", "10s");
    }

    private static ObjectNode source() {
        return NODES.objectNode().put("type", "prometheus").put("uid", "${datasource}");
    }

    private static ArrayNode variables(Dashboard dashboard) {
        ArrayNode list = NODES.arrayNode();
        list.addObject()
                .put("name", "datasource")
                .put("label", "Data source")
                .put("type", "datasource")
                .put("query", "prometheus");
        list.add(variable("job", "Job", "label_values(up{job=~\"" + dashboard.jobs() + "\"}, job)"));
        list.add(variable("instance", "Instance", "label_values(up{job=~\"$job\"}, instance)"));
        return list;
    }

    private static ObjectNode variable(String name, String label, String query) {
        ObjectNode variable =
                NODES.objectNode().put("name", name).put("label", label).put("type", "query");
        variable.set("datasource", source());
        variable.put("definition", query);
        variable.putObject("query").put("query", query).put("refId", name);
        variable.put("multi", true)
                .put("includeAll", true)
                .put("allValue", ".+")
                // 2: when the time range changes.
                .put("refresh", 2)
                .put("sort", 1);
        variable.putObject("current").put("selected", true).put("text", "All").put("value", "$__all");
        return variable;
    }

    private static ArrayNode panels(List<Row> rows) {
        ArrayNode list = NODES.arrayNode();
        int id = 0;
        int y = 0;
        for (Row row : rows) {
            list.addObject()
                    .put("id", ++id)
                    .put("type", "row")
                    .put("title", row.title())
                    .put("collapsed", false)
                    .set("gridPos", place(0, y, COLUMNS, 1));
            y++;
            int x = 0;
            int height = 0;
            for (Panel panel : row.panels()) {
                Panel.Kind kind = panel.kind();
                if (x + kind.width() > COLUMNS) {
                    x = 0;
                    y += height;
                    height = 0;
                }
                ObjectNode json = panel(panel, ++id);
                json.set("gridPos", place(x, y, kind.width(), kind.height()));
                list.add(json);
                x += kind.width();
                height = Math.max(height, kind.height());
            }
            y += height;
        }
        return list;
    }

    private static ObjectNode place(int x, int y, int width, int height) {
        return NODES.objectNode().put("h", height).put("w", width).put("x", x).put("y", y);
    }

    private static ObjectNode panel(Panel panel, int id) {
        ObjectNode json = NODES.objectNode()
                .put("id", id)
                .put("type", panel.kind().type())
                .put("title", panel.title())
                .put("description", panel.description());
        json.set("datasource", source());
        ObjectNode config = json.putObject("fieldConfig");
        config.putArray("overrides");
        ObjectNode defaults = config.putObject("defaults").put("unit", panel.unit());
        thresholds(panel, defaults);
        json.set("options", options(panel.kind()));
        ArrayNode targets = json.putArray("targets");
        char ref = 'A';
        boolean now = panel.kind() != Panel.Kind.GRAPH;
        for (Query query : panel.queries()) {
            ObjectNode target = targets.addObject().put("refId", String.valueOf(ref++));
            target.set("datasource", source());
            target.put("expr", query.expression())
                    .put("legendFormat", query.legend())
                    .put("instant", now)
                    .put("range", !now);
            if (panel.kind() == Panel.Kind.TABLE) {
                target.put("format", "table");
            }
        }
        if (panel.kind() == Panel.Kind.TABLE) {
            ObjectNode hidden = json.putArray("transformations").addObject().put("id", "organize");
            hidden.putObject("options").putObject("excludeByName").put("Time", true);
        }
        return json;
    }

    private static void thresholds(Panel panel, ObjectNode defaults) {
        ArrayNode steps =
                defaults.putObject("thresholds").put("mode", "absolute").putArray("steps");
        steps.addObject()
                .put("color", panel.kind() == Panel.Kind.NUMBER ? "text" : "green")
                .putNull("value");
        panel.threshold()
                .ifPresent(value -> steps.addObject().put("color", "red").put("value", value));
        if (panel.kind() == Panel.Kind.GRAPH) {
            ObjectNode custom = defaults.putObject("custom")
                    .put("lineWidth", 1)
                    .put("fillOpacity", 10)
                    .put("showPoints", "never");
            panel.threshold().ifPresent(_ -> custom.putObject("thresholdsStyle").put("mode", "dashed"));
        }
    }

    private static ObjectNode options(Panel.Kind kind) {
        ObjectNode options = NODES.objectNode();
        switch (kind) {
            case GRAPH -> {
                options.putObject("legend")
                        .put("displayMode", "list")
                        .put("placement", "bottom")
                        .put("showLegend", true);
                options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
            }
            case NUMBER -> {
                options.put("colorMode", "value").put("graphMode", "none").put("textMode", "auto");
                options.putObject("reduceOptions")
                        .put("values", false)
                        .putArray("calcs")
                        .add("lastNotNull");
            }
            case TABLE -> options.put("showHeader", true);
        }
        return options;
    }
}
