package dev.heliograph.capacity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// A plan beside what others charge for the same load, and how that is written. Immutable.
///
/// @param prices of managed services
/// @param curve  what happens while an input varies, if that is wanted, too
public record PlanReport(Plan plan, PriceList prices, Optional<Curve> curve) {

    /// What it is written for.
    public enum Form {
        /// A person; the first line is the answer.
        TEXT,
        /// A program.
        JSON,
        /// The roles in `ansible/roles`: YAML for `group_vars`. Without the curve.
        ANSIBLE
    }

    /// What each service costs, the cheapest first.
    public List<PriceList.Comparison> managed() {
        return prices.compare(plan.demand());
    }

    /// Lines, each with its end.
    public String as(Form form) {
        return switch (form) {
            case TEXT -> new PlanText(this).text();
            case JSON -> json();
            case ANSIBLE -> AnsibleVariables.of(plan);
        };
    }

    private String json() {
        ObjectNode all = plan.json();
        all.set("managed", prices.comparisonJson(plan.demand()));
        curve.ifPresent(each -> all.set("curve", each.json()));
        return Tree.pretty(all);
    }
}
