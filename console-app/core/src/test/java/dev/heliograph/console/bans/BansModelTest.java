package dev.heliograph.console.bans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.testing.Bench;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.wire.IpRuleRow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BansModelTest {

    private final Bench bench = new Bench();
    private final BansModel model = new BansModel(bench.workspace);

    private void ban(int number) {
        model.proposals()
                .banAddress("10.0.0." + number, Optional.empty(), "")
                .work()
                .perform("");
    }

    private List<String> shown() {
        return page().rows().stream().map(IpRuleRow::cidr).toList();
    }

    private RulePager.Page<IpRuleRow> page() {
        return model.addresses().state().get().data().orElseThrow();
    }

    @Test
    void aLongListIsPagedForthAndBackAndSearched() {
        for (int i = 10; i < 10 + RulePager.SIZE + 5; i++) {
            bench.relay.addresses.put(
                    "k" + (1000 + i),
                    new IpRuleRow(
                            "k" + (1000 + i),
                            dev.heliograph.console.wire.IpRuleKind.BAN,
                            i % 2 == 0 ? "even" : "odd",
                            "ann",
                            0,
                            null,
                            0,
                            null));
        }
        model.shown();
        assertThat(shown()).hasSize(RulePager.SIZE);
        assertThat(page().more()).isTrue();
        model.addresses().next();
        assertThat(shown()).hasSize(5);
        assertThat(page().number()).isEqualTo(2);
        model.addresses().next();
        assertThat(page().number()).isEqualTo(2);
        bench.tick();
        assertThat(page().number()).isEqualTo(2);
        model.addresses().previous();
        assertThat(shown().getFirst()).isEqualTo("k1010");
        model.addresses().search("even");
        assertThat(shown()).hasSize(53).allMatch(each -> Integer.parseInt(each.substring(1)) % 2 == 0);
    }

    @Test
    void theListStaysWhenTheClusterFailsAndSaysWhy() {
        ban(11);
        model.shown();
        bench.relay.failing = _ -> true;
        bench.tick();
        Loaded<RulePager.Page<IpRuleRow>> state = model.addresses().state().get();
        assertThat(state.problem()).contains("The cluster cannot do it now.");
        assertThat(shown()).hasSize(1);
        bench.relay.failing = _ -> false;
        bench.tick();
        assertThat(model.addresses().state().get().problem()).isEmpty();
    }

    @Test
    void theClusterIsAskedOnlyWhileThePageIsShown() {
        model.shown();
        model.hidden();
        assertThat(bench.isBusy()).isFalse();
        bench.relay.calls.clear();
        bench.perform(model.proposals().banAddress("10.0.0.1", Optional.empty(), ""), "");
        bench.tick();
        assertThat(bench.relay.calls.getLast()).isEqualTo("putIpRule");
        model.shown();
        bench.relay.calls.clear();
        model.show(BansModel.Section.USERS);
        bench.tick();
        assertThat(bench.relay.calls).containsOnly("userBans");
    }

    @Test
    void whatWasDoneIsSeenAtOnce() {
        model.shown();
        bench.perform(model.proposals().banAddress("10.0.0.1", Optional.empty(), ""), "");
        assertThat(shown()).containsExactly("10.0.0.1");
    }

    @Test
    void whileAFormIsFilledItIsToldWhoWouldBeHit() {
        model.preview(new BanForm(BanForm.Kind.BAN, "10.0.0.", "", "1h", ""));
        assertThat(model.outlook().get().data()).isEmpty();
        assertThat(bench.relay.calls).isEmpty();
        bench.relay.hit = 12;
        model.preview(new BanForm(BanForm.Kind.BAN, "10.0.0.0/24", "", "1h", ""));
        assertThat(model.outlook().get().data().orElseThrow().blast().sentence())
                .isEqualTo("12 of 1,000 connections = 1.2 %");
        assertThat(bench.relay.addresses).isEmpty();
    }

    @Test
    void anAddressCanBeChecked() {
        ban(11);
        model.check("10.0.0.11");
        assertThat(model.check().get().data().orElseThrow().rule()).isNotNull();
        model.check("10.0.0.12");
        assertThat(model.check().get().data().orElseThrow().rule()).isNull();
        model.check("nonsense");
        assertThat(model.check().get().problem()).contains("nonsense is not an IP address.");
        model.check("");
        assertThat(model.check().get()).isEqualTo(Loaded.nothing());
    }
}
