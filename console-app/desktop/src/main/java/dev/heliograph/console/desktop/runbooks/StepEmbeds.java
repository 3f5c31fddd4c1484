package dev.heliograph.console.desktop.runbooks;

import dev.heliograph.console.desktop.markdown.Embeds;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookParser;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.run.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.HBox;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Link;

/// Puts the cards of the steps into the text of a runbook, and its buttons and pills for them.
final class StepEmbeds implements Embeds {

    private final Runbook runbook;
    private final Deed deed;
    private final Iterator<Step> next;
    private final Map<String, StepCard> cards = new HashMap<>();
    private final List<Consumer<RunState>> shown = new ArrayList<>();

    StepEmbeds(Runbook runbook, Deed deed) {
        this.runbook = runbook;
        this.deed = deed;
        this.next = runbook.steps().iterator();
    }

    /// The blocks come in the order of the steps.
    @Override
    public Optional<Node> block(FencedCodeBlock block) {
        if (block.getInfo() == null || !block.getInfo().strip().equals(RunbookParser.STEP) || !next.hasNext()) {
            return Optional.empty();
        }
        Step step = next.next();
        StepCard card = new StepCard(step, deed);
        cards.put(step.id(), card);
        shown.add(card::show);
        return Optional.of(card);
    }

    @Override
    public Optional<Node> inline(Link link, String text) {
        return runbook.step(RunbookParser.stepOf(link.getDestination())).map(step -> {
            if (RunbookParser.isCheck(link.getDestination())) {
                Hyperlink words = new Hyperlink(text);
                words.setOnAction(_ -> deed.reveal(step));
                StatusPill pill = new StatusPill();
                shown.add(state -> pill.show(CheckLine.status(step.after(), state)));
                HBox box = new HBox(words, pill);
                box.getStyleClass().add("inline-check");
                return box;
            }
            Button button = new Button(text);
            button.getStyleClass().add("inline-step");
            button.setOnAction(_ -> {
                deed.reveal(step);
                deed.perform(step);
            });
            shown.add(state -> button.setDisable(state.transcript().finished()
                    || state.isRunning(step.id())
                    || step.action().variables().stream()
                            .anyMatch(name -> state.values().get(name).isEmpty())));
            return button;
        });
    }

    @Override
    public void open(String destination) {
        deed.open(destination);
    }

    void show(RunState state) {
        shown.forEach(each -> each.accept(state));
    }

    Optional<StepCard> card(String step) {
        return Optional.ofNullable(cards.get(step));
    }
}
