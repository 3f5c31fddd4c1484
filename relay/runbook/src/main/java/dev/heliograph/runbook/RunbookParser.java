package dev.heliograph.runbook;

import dev.heliograph.runbook.RunbookException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// Reads runbooks, and says all that is wrong with one at once.
///
/// ````
/// ---
/// id: connection-flood
/// title: A network floods us with connections
/// alerts: HandshakeFlood
/// severity: page
/// owner: relay on-call
/// var network: network from network -- The network that floods us
/// ---
/// ## Mitigation
/// ### Ban the network for an hour
/// ```step
/// id: ban
/// class: mutate
/// action: ip_rule.put
///   cidr: {network}
///   kind: ban
///   expires_in: 1h
/// before: connections(ip in {network}) > 0
/// check: connections(ip in {network}) = 0
/// timeout: 30s
/// undo: ip_rule.delete
///   cidr: {network}
/// ```
/// ````
///
/// In the prose `[Ban it](step:ban)` stands for the step, and `[is it gone?](check:ban)` for how its checks are.
public final class RunbookParser {

    /// The info string of a fenced block that is a step.
    public static final String STEP = "step";

    private static final String STEP_LINK = "step:";
    private static final String CHECK_LINK = "check:";

    private static final Parser MARKDOWN = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();

    private RunbookParser() {}

    /// @param file its name, for what is said about it
    /// @throws RunbookException if something is wrong with it
    public static Runbook parse(String file, String text) {
        List<Problem> problems = new ArrayList<>();
        List<String> lines = text.lines().toList();
        FrontMatter matter = FrontMatter.parse(lines, problems);
        Node document =
                MARKDOWN.parse(String.join("\n", lines.subList(Math.min(matter.lines(), lines.size()), lines.size()))
                        + "\n");
        Steps steps = new Steps(matter.lines(), problems);
        document.accept(steps);
        verify(matter, steps, problems);
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line));
            throw new RunbookException(file, problems);
        }
        return new Runbook(
                matter.get("id"),
                matter.get("title"),
                matter.list(),
                matter.get("severity"),
                matter.get("owner"),
                matter.variables(),
                steps.steps,
                document);
    }

    /// The id of the step in a link to one, or in one to the checks of one; empty for any other link.
    public static String stepOf(String destination) {
        for (String scheme : List.of(STEP_LINK, CHECK_LINK)) {
            if (destination.startsWith(scheme)) {
                return destination.substring(scheme.length());
            }
        }
        return "";
    }

    /// Whether a link stands for the checks of a step.
    public static boolean isCheck(String destination) {
        return destination.startsWith(CHECK_LINK);
    }

    private static void verify(FrontMatter matter, Steps steps, List<Problem> problems) {
        Set<String> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        matter.variables().forEach(variable -> names.add(variable.name()));
        for (Step step : steps.steps) {
            if (!ids.add(step.id())) {
                problems.add(new Problem(steps.line(step), "the step " + step.id() + " stands there twice"));
            }
            for (String variable : step.variables()) {
                if (!names.contains(variable)) {
                    problems.add(new Problem(steps.line(step), "there is no variable '" + variable + "'"));
                }
            }
        }
        // A step that is broken is no step, which would be said of each link to it, too.
        boolean whole = problems.isEmpty();
        for (Steps.Reference reference : steps.references) {
            if (whole && !ids.contains(reference.step)) {
                problems.add(new Problem(reference.line, "there is no step '" + reference.step + "'"));
            }
        }
    }

    private static final class Steps extends AbstractVisitor {

        private record Reference(String step, int line) {}

        private final int above;
        private final List<Problem> problems;
        private final List<Step> steps = new ArrayList<>();
        private final List<Integer> lines = new ArrayList<>();
        private final List<Reference> references = new ArrayList<>();
        private String heading = "";
        private int block = 1;

        Steps(int above, List<Problem> problems) {
            this.above = above;
            this.problems = problems;
        }

        int line(Step step) {
            return lines.get(steps.indexOf(step));
        }

        @Override
        protected void visitChildren(Node parent) {
            if (!parent.getSourceSpans().isEmpty()) {
                block = lineOf(parent);
            }
            super.visitChildren(parent);
        }

        @Override
        public void visit(Heading node) {
            StringBuilder text = new StringBuilder();
            node.accept(new AbstractVisitor() {
                @Override
                public void visit(Text part) {
                    text.append(part.getLiteral());
                }

                @Override
                public void visit(Code part) {
                    text.append(part.getLiteral());
                }
            });
            heading = text.toString();
            visitChildren(node);
        }

        @Override
        public void visit(FencedCodeBlock node) {
            if (node.getInfo() != null && node.getInfo().strip().equals(STEP)) {
                int line = lineOf(node);
                StepBlock.parse(node.getLiteral(), line, heading, problems).ifPresent(step -> {
                    steps.add(step);
                    lines.add(line);
                });
            }
        }

        @Override
        public void visit(Link node) {
            String step = stepOf(node.getDestination());
            if (!step.isEmpty()) {
                references.add(new Reference(step, block));
            }
            visitChildren(node);
        }

        private int lineOf(Node node) {
            return above + node.getSourceSpans().getFirst().getLineIndex() + 1;
        }
    }
}
