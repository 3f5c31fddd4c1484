package dev.heliograph.console.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.capacity.Calibration;
import dev.heliograph.capacity.CapacityModel;
import dev.heliograph.capacity.Curve;
import dev.heliograph.capacity.Demand;
import dev.heliograph.capacity.DemandInput;
import dev.heliograph.capacity.Guarantee;
import dev.heliograph.capacity.PlanReport;
import dev.heliograph.capacity.PriceList;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.capacity.PlanOutcome.Carried;
import dev.heliograph.console.capacity.PlanOutcome.Impossible;
import dev.heliograph.console.overview.Figure;
import dev.heliograph.console.overview.OverviewState;
import dev.heliograph.console.overview.OverviewState.Standing;
import dev.heliograph.console.overview.OverviewState.Tile;
import dev.heliograph.console.testing.Samples;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.wire.ChannelList;
import dev.heliograph.console.wire.ChannelRow;
import dev.heliograph.console.wire.NodeRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PlanModelTest {

    private static final OverviewState NOBODY =
            new OverviewState(Optional.empty(), List.of(), Map.of(), Optional.empty());

    private final TestWorkspace cluster = new TestWorkspace();
    private final Value<OverviewState> overview = new Value<>(NOBODY);
    private final List<String> kept = new ArrayList<>();
    private PlanModel model = open(Optional.empty());

    private PlanModel open(Optional<String> before) {
        return new PlanModel(cluster.workspace(), overview, Packaged.read(), before, kept::add);
    }

    private PlanOutcome await(Predicate<PlanOutcome> wanted) {
        Awaitility.await("a plan").atMost(Duration.ofSeconds(30)).until(() -> {
            Loaded<PlanOutcome> loaded = model.outcome().get();
            return !loaded.loading() && loaded.data().filter(wanted).isPresent();
        });
        return model.outcome().get().data().orElseThrow();
    }

    private Carried planOf(DemandInput input, double value) {
        return (Carried) await(each -> input.of(each.demand()) == value && each instanceof Carried);
    }

    private void write(DemandInput input, String text) {
        model.change(model.form().get().with(input, text));
    }

    private Tile tile(NodeRow row, Standing standing) {
        return new Tile(row.name(), row, Map.of(), standing, cluster.clock.instant());
    }

    private void see(Map<Figure, Double> figures) {
        overview.set(new OverviewState(
                Optional.of(cluster.clock.instant()),
                List.of(
                        tile(Samples.node("relay-1", 7_000, 0), Standing.UP),
                        tile(Samples.node("relay-2", 8_000, 0), Standing.DRAINING),
                        tile(Samples.node("relay-3", 9_000, 0), Standing.GONE)),
                figures,
                Optional.empty()));
    }

    private ClusterLoad take() throws Exception {
        return model.take().get(30, TimeUnit.SECONDS);
    }

    @Test
    void itBeginsWithThePlanOfTheUsualLoad() {
        Carried found = planOf(DemandInput.CONNECTIONS, Demand.DEFAULT.connections());
        CapacityModel expected = new CapacityModel(Calibration.reference());
        assertThat(found.report().plan()).isEqualTo(expected.plan(Demand.DEFAULT));
        assertThat(found.report().as(PlanReport.Form.JSON))
                .isEqualTo(new PlanReport(expected.plan(Demand.DEFAULT), PriceList.packaged(), Optional.empty())
                        .as(PlanReport.Form.JSON));
        assertThat(found.curve().map(Curve::now)).hasValue(10_000.0);
    }

    @Test
    void eachChangeMakesThePlanOfWhatIsWritten() {
        write(DemandInput.CONNECTIONS, "200k");
        assertThat(planOf(DemandInput.CONNECTIONS, 200_000)
                        .report()
                        .plan()
                        .ordinary()
                        .connections())
                .isGreaterThan(1_000);
        for (int connections = 1; connections <= 50; connections++) {
            write(DemandInput.CONNECTIONS, connections + "0k");
        }
        planOf(DemandInput.CONNECTIONS, 500_000);
    }

    @Test
    void whileSomethingIsWrongThePlanIsThatOfBefore() {
        planOf(DemandInput.CONNECTIONS, 10_000);
        write(DemandInput.CONNECTIONS, "lots");
        assertThat(model.form().get().text(DemandInput.CONNECTIONS)).isEqualTo("lots");
        assertThat(model.form().get().problems()).containsOnlyKeys(DemandInput.CONNECTIONS);
        planOf(DemandInput.CONNECTIONS, 10_000);
    }

    @Test
    void whatNothingCarriesIsSaid() {
        write(DemandInput.LATENCY_MS, "1");
        Impossible none = (Impossible) await(Impossible.class::isInstance);
        assertThat(none.why()).startsWith("a p99 of 1 ms can not be met");
    }

    @Test
    void theCurveIsAboutWhatVaries() {
        model.vary(DemandInput.FAN_OUT);
        Carried found =
                (Carried) await(each -> each instanceof Carried carried && carried.varied() == DemandInput.FAN_OUT);
        assertThat(found.curve().map(Curve::input)).hasValue(DemandInput.FAN_OUT);
        assertThat(PlanTexts.next(found.curve().orElseThrow()))
                .matches("From a fan-out of [\\d,.]+ on it takes \\d+ relays\\.");
        model.vary(DemandInput.PRICE);
        write(DemandInput.PRICE, "0");
        assertThat(planOf(DemandInput.PRICE, 0).curve()).isEmpty();
    }

    @Test
    void aCurveOfFanOutEndsWithTheConnections() {
        write(DemandInput.PUBLISH_RATE, "800");
        model.vary(DemandInput.FAN_OUT);
        for (int fanOut : new int[] {100, 1_000, 5_000, 10_000}) {
            write(DemandInput.FAN_OUT, Integer.toString(fanOut));
            Carried found = (Carried) await(each -> each.demand().fanOut() == fanOut
                    && each instanceof Carried carried
                    && carried.varied() == DemandInput.FAN_OUT);
            assertThat(found.curve().orElseThrow().points().getLast().value()).isLessThanOrEqualTo(10_000);
        }
    }

    @Test
    void everythingThatCanVaryHasItsWords() {
        for (DemandInput input : PlanModel.VARIED) {
            assertThat(PlanTexts.amount(input, 2)).contains("2");
        }
        for (DemandInput input : DemandInput.values()) {
            assertThat(PlanTexts.title(input)).isNotBlank();
        }
        planOf(DemandInput.CONNECTIONS, 10_000)
                .report()
                .plan()
                .resources()
                .forEach(resource ->
                        assertThat(PlanTexts.resource(resource.name())).isNotEqualTo(resource.name()));
    }

    @Test
    void theLoadOfTheClusterIsTakenAsFarAsItIsKnown() throws Exception {
        see(Map.of(Figure.CONNECTIONS, 15_000.0, Figure.PUBLICATIONS, 312.345, Figure.DELIVERIES, 9_876.5));
        cluster.api.answer(
                "channels", _ -> new ChannelList(List.of(new ChannelRow("a", 3, 0, 0, 1_000)), 119, true, List.of()));
        ClusterLoad load = take();
        assertThat(load.nodes()).isEqualTo(2);
        assertThat(load.sentence())
                .isEqualTo("Taken from 2 relays at 12:00:00"
                        + ": 15,000 connections, 120 channels, 312 publications/s, a fan-out of 31.6, 4 cores.");
        PlanForm form = model.form().get();
        assertThat(form.text(DemandInput.CONNECTIONS)).isEqualTo("15,000");
        assertThat(form.text(DemandInput.CHANNELS)).isEqualTo("120");
        assertThat(form.text(DemandInput.PUBLISH_RATE)).isEqualTo("312");
        assertThat(form.text(DemandInput.FAN_OUT)).isEqualTo("31.6");
        assertThat(form.text(DemandInput.CORES)).isEqualTo("4");
        assertThat(form.text(DemandInput.PAYLOAD_BYTES)).isEqualTo("256");
        planOf(DemandInput.CONNECTIONS, 15_000);
    }

    @Test
    void whatIsNotKnownOfTheClusterStaysAndIsSaid() throws Exception {
        see(Map.of(Figure.CONNECTIONS, 0.0));
        cluster.api.fail("channels", AdminException.Kind.UNREACHABLE, "No node answers.");
        write(DemandInput.CHANNELS, "77");
        assertThat(take().sentence())
                .endsWith(
                        ": 4 cores. Not known, and left as you had it: connections, channels, publications, fan-out.");
        assertThat(model.form().get().text(DemandInput.CHANNELS)).isEqualTo("77");
        assertThat(model.form().get().text(DemandInput.CONNECTIONS)).isEqualTo("10,000");
    }

    @Test
    void beforeAnythingIsKnownNothingIsTaken() {
        PlanForm before = model.form().get();
        assertThatThrownBy(this::take)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage(
                        "Nothing is known of the cluster yet. Try again when the overview shows its nodes.");
        assertThat(model.form().get()).isEqualTo(before);
    }

    @Test
    void figuresOfOnesOwnAreUsedUntilThePackagedOnesAreAgain() {
        int packaged = planOf(DemandInput.CONNECTIONS, 10_000).report().plan().nodes();
        String slow = Calibration.reference()
                .json()
                .replaceFirst("\"machine\" : \"[^\"]*\"", "\"machine\" : \"a slow one\"")
                .replaceFirst("\"api_cpu_us\" : [\\d.]+", "\"api_cpu_us\" : 50000.0");
        assertThat(model.calibrate("mine.json", slow)).isEmpty();
        assertThat(model.figures().get().sentence())
                .startsWith("Reckoned from your figures in mine.json: ")
                .contains("a slow one");
        await(each -> each instanceof Carried carried
                && carried.report().plan().calibration().startsWith("a slow one"));
        model.calibrateAsPackaged();
        assertThat(model.figures().get().sentence())
                .startsWith("Reckoned from the figures that come with the console: ")
                .contains(
                        Calibration.reference().machine(),
                        Calibration.reference().date());
        await(each -> each instanceof Carried carried
                && !carried.report().plan().calibration().startsWith("a slow one")
                && carried.report().plan().nodes() == packaged);
    }

    @Test
    void aBadFileIsSaidAndTheFormerFiguresStay() {
        Figures before = model.figures().get();
        assertThat(model.calibrate("mine.json", "{}"))
                .hasValue("Not used: mine.json: machine: is missing. “heliograph plan calibrate” makes such a file.");
        assertThat(model.calibrate("mine.json", "plenty"))
                .hasValueSatisfying(why -> assertThat(why).startsWith("Not used: mine.json: is not JSON"));
        assertThat(model.figures().get()).isEqualTo(before);
    }

    @Test
    void whatWasWrittenIsThereAfterAnotherStart() {
        write(DemandInput.CONNECTIONS, "lots");
        write(DemandInput.PRICE, "99");
        model.change(model.form().get().with(Guarantee.BEST_EFFORT));
        model.vary(DemandInput.CORES);
        assertThat(model.calibrate(
                        "mine.json",
                        Calibration.reference().json().replaceFirst("\"version\" : \"", "\"version\" : \"9.")))
                .isEmpty();
        Figures figures = model.figures().get();
        PlanForm form = model.form().get();
        model.hidden();
        model.close();
        assertThat(kept).hasSize(1);
        model = open(Optional.of(kept.getFirst()));
        assertThat(model.form().get()).isEqualTo(form);
        assertThat(model.varied().get()).isEqualTo(DemandInput.CORES);
        assertThat(model.figures().get()).isEqualTo(figures);
        model.close();
        assertThat(kept).hasSize(1);
    }

    @Test
    void whatCannotBeReadAgainIsTheUsual() {
        for (String broken : List.of("", "[]", "{\"inputs\": 3, \"figures\": {\"file\": \"x\"}}", "{")) {
            model = open(Optional.of(broken));
            assertThat(model.form().get()).isEqualTo(PlanForm.of(Demand.DEFAULT));
            assertThat(model.figures().get().file()).isEmpty();
        }
    }

    @Test
    void timesAndMoneyReadAsPeopleSayThem() {
        assertThat(PlanTexts.time(Double.POSITIVE_INFINITY)).isEqualTo("never");
        assertThat(PlanTexts.time(2.34)).isEqualTo("2.3 s");
        assertThat(PlanTexts.time(185)).isEqualTo("3 min 5 s");
        assertThat(PlanTexts.money(1234.5, "USD")).isEqualTo("1,235 USD");
    }
}
