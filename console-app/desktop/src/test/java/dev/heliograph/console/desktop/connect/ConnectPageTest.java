package dev.heliograph.console.desktop.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.heliograph.console.api.Certificates;
import dev.heliograph.console.api.Trust;
import dev.heliograph.console.cluster.Ansible;
import dev.heliograph.console.cluster.Colour;
import dev.heliograph.console.cluster.Environment;
import dev.heliograph.console.cluster.Profile;
import dev.heliograph.console.cluster.Profiles;
import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.connect.ConnectModel;
import dev.heliograph.console.connect.ConnectState;
import dev.heliograph.console.connect.Connection;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.desktop.ui.file.FileKind;
import dev.heliograph.console.workspace.VirtualBackground;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectPageTest extends UiTest {

    private static final String FINGERPRINT =
            "9F:86:D0:81:88:4C:7D:65:9A:2F:EA:A0:C5:5A:D0:15:A3:BF:4F:1B:2B:0B:82:2C:D1:5D:6C:15:B0:F0:0A:08";

    @TempDir
    Path home;

    private final List<Connection> opened = new CopyOnWriteArrayList<>();
    private final ChosenFiles files = new ChosenFiles();

    private Profiles profiles() {
        return new Profiles(home, Clock.systemUTC());
    }

    private static Profile profile(String name, Environment environment, Colour colour, String... addresses) {
        return new Profile(
                name,
                java.util.Arrays.stream(addresses).map(URI::create).toList(),
                colour,
                environment,
                new Trust.Known(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty());
    }

    private ConnectPage page() {
        VirtualBackground background = closeLater(new VirtualBackground());
        ConnectModel model = new ConnectModel(profiles(), Tokens.inMemory(), background, opened::add);
        ConnectPage page = closeLater(onFx(() -> new ConnectPage(model, files)));
        runOnFx(page::shown);
        return page;
    }

    private void showPage() {
        ConnectPage page = page();
        show(page::view);
    }

    /// A node that knows one token.
    private URI node() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            boolean good = "Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = (good
                            ? "{\"name\":\"ann\",\"role\":\"operator\",\"from\":\"127.0.0.1\"}"
                            : "{\"error\":{\"code\":\"unauthenticated\",\"message\":\"the token is not known\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(good ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        closeLater(() -> server.stop(0));
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void aNewOperatorAddsAClusterAndConnects() throws Exception {
        URI node = node();
        showPage();
        awaitText("No cluster yet");
        clickText("Add a cluster");
        write("form-name", "demo");
        write("form-addresses", node.toString());
        click("form-save");
        awaitText("demo");
        assertThat(profiles().load().clusters()).extracting(Profile::name).containsExactly("demo");

        click("cluster-connect");
        awaitText("Token for demo");
        assertThat(isTextShown("The token is kept in memory")).isTrue();
        write("token", "bad");
        click("token-connect");
        awaitText("Not accepted: the token is not known");
        write("token", "good");
        press(KeyCode.ENTER);
        await("the cluster is opened", () -> !opened.isEmpty());
        assertThat(opened.getFirst().token()).isEqualTo("good");
        assertThat(opened.getFirst().who().role()).isEqualTo("operator");
    }

    @Test
    void whatIsWrongIsSaidBelowItsFieldAndNothingIsSaved() {
        showPage();
        clickText("Add a cluster");
        write("form-addresses", "ftp://somewhere");
        click("form-save");
        awaitText("Give it a name.");
        awaitText("ftp://somewhere is no address.");
        write("form-name", "x");
        awaitNoText("Give it a name.");
        assertThat(profiles().load().clusters()).isEmpty();
        press(KeyCode.ESCAPE);
        awaitText("No cluster yet");
    }

    @Test
    void aTokenInTheClearIsWarnedOf() {
        showPage();
        clickText("Add a cluster");
        write("form-name", "far");
        write("form-addresses", "http://10.0.0.1:8010");
        awaitText("in the clear");
        write("form-addresses", "https://10.0.0.1:8010");
        awaitNoText("in the clear");
    }

    @Test
    void aClusterIsEditedAndRemoved() {
        profiles().save(profile("one", Environment.STAGING, Colour.GREEN, "http://127.0.0.1:1"), Optional.empty());
        profiles().save(profile("two", Environment.STAGING, Colour.RED, "http://127.0.0.1:2"), Optional.empty());
        showPage();
        click("cluster-edit");
        write("form-name", "uno");
        click("form-save");
        await("the name", () -> names().equals(List.of("uno", "two")));
        awaitText("uno");
        click("cluster-remove");
        awaitText("Remove uno and its token");
        click("cluster-keep");
        click("cluster-remove");
        click("cluster-remove-sure");
        await("it is gone", () -> names().equals(List.of("two")));
        assertThat(profiles().load().clusters()).extracting(Profile::name).containsExactly("two");
    }

    private List<String> names() {
        return profiles().load().clusters().stream().map(Profile::name).toList();
    }

    @Test
    void aClusterThatIsNotThereIsOneSentenceAndCanBeTriedAgain() throws Exception {
        URI node = node();
        URI dead = URI.create("http://127.0.0.1:1");
        profiles().save(profile("prod", Environment.PRODUCTION, Colour.RED, dead.toString()), Optional.empty());
        showPage();
        click("cluster-connect");
        write("token", "good");
        click("token-connect");
        awaitText("Not connected to prod. http://127.0.0.1:1 cannot be reached: the connection is refused");
        assertThat(node).isNotNull();
        assertThat(opened).isEmpty();
    }

    @Test
    void aDamagedFileIsSaid() throws Exception {
        Files.writeString(home.resolve("clusters.json"), "{\"version\":");
        showPage();
        awaitText("The clusters cannot be read from");
        assertThat(Files.readString(home.resolve("clusters.json"))).isEqualTo("{\"version\":");
    }

    @Test
    void theListIsOperatedByKeyboard() {
        profiles().save(profile("one", Environment.STAGING, Colour.GREEN, "http://127.0.0.1:1"), Optional.empty());
        profiles().save(profile("two", Environment.STAGING, Colour.RED, "http://127.0.0.1:2"), Optional.empty());
        showPage();
        ListView<?> list = find("clusters", ListView.class);
        runOnFx(list::requestFocus);
        press(KeyCode.DOWN);
        press(KeyCode.ENTER);
        awaitText("Token for two");
        press(KeyCode.ESCAPE);
        press(KeyCode.CONTROL, KeyCode.N);
        awaitText("New cluster");
    }

    // ---- pictures ----

    private static final Profile PRODUCTION = new Profile(
            "eu-production",
            List.of(
                    URI.create("https://relay-1.eu.example:8010"),
                    URI.create("https://relay-2.eu.example:8010"),
                    URI.create("https://relay-3.eu.example:8010")),
            Colour.RED,
            Environment.PRODUCTION,
            new Trust.Pinned(Map.of()),
            Optional.of(URI.create("https://prometheus.eu.example")),
            "job=\"heliograph\",cluster=\"eu\"",
            Optional.of(URI.create("https://alerts.eu.example")),
            Optional.of(new Ansible(Path.of("/srv/relays/inventories/eu"), Optional.of(Path.of("/srv/relays")))));

    private BorderPane pictured() {
        profiles().save(PRODUCTION, Optional.empty());
        profiles()
                .save(
                        profile("staging", Environment.STAGING, Colour.YELLOW, "http://10.20.0.5:8010"),
                        Optional.empty());
        profiles()
                .save(
                        profile("laptop", Environment.DEVELOPMENT, Colour.BLUE, "http://127.0.0.1:8010"),
                        Optional.empty());
        ConnectModel model = new ConnectModel(profiles(), Tokens.inMemory(), new Here(), opened::add);
        ConnectPage page = closeLater(new ConnectPage(model, files));
        page.shown();
        return (BorderPane) page.view();
    }

    @Test
    void pictureOfTheClusters() {
        GoldenPicture.check("connect", this::pictured);
    }

    @Test
    void pictureWithoutClusters() {
        GoldenPicture.check("connect-empty", () -> {
            ConnectPage page = closeLater(
                    new ConnectPage(new ConnectModel(profiles(), Tokens.inMemory(), new Here(), opened::add), files));
            page.shown();
            return page.view();
        });
    }

    @Test
    void theAuthorityIsAFileThatIsChosen() {
        showPage();
        click("cluster-add");
        ComboBox<?> tls = find("form-tls", ComboBox.class);
        runOnFx(() -> tls.getSelectionModel().select(1));
        click("form-authority-choose");
        assertThat(files.asked()).containsExactly(new ChosenFiles.Asked("", FileKind.CERTIFICATES));
        assertThat(find("form-authority", TextField.class).getText()).isEmpty();
        files.choose(home.resolve("ca.pem"));
        click("form-authority-choose");
        awaitText(home.resolve("ca.pem").toString());
    }

    @Test
    void theInventoryAndThePlaybooksAreChosenAndThoseAboveItAreFound() throws Exception {
        Path playbooks = Files.createDirectories(home.resolve("ansible"));
        Path inventory = Files.createDirectories(playbooks.resolve("inventories/lab"));
        showPage();
        click("cluster-add");
        write("form-name", "lab");
        write("form-addresses", "http://127.0.0.1:8010");
        files.choose(inventory);
        fire("form-inventory-choose");
        awaitText(inventory.toString());
        click("form-save");
        awaitText("No folder above " + inventory + " has a site.yml. Say where the playbooks are.");

        Files.writeString(playbooks.resolve("site.yml"), "[]");
        files.choose(playbooks);
        fire("form-playbooks-choose");
        click("form-save");
        await("saved", () -> !profiles().load().clusters().isEmpty());
        assertThat(profiles().load().clusters().getFirst().ansible())
                .contains(new Ansible(inventory, Optional.of(playbooks)));
        assertThat(files.asked()).contains(new ChosenFiles.Asked("", FileKind.INVENTORY));
        awaitText(playbooks.toString());
    }

    /// Without scrolling to it.
    private void fire(String id) {
        Button button = find(id, Button.class);
        runOnFx(button::fire);
    }

    @Test
    void pictureOfTheForm() {
        GoldenPicture.check(
                "connect-form",
                () -> framed(new ClusterForm(
                                Optional.empty(),
                                form -> form.check(Optional.empty(), java.util.Set.of()),
                                _ -> {},
                                files,
                                () -> {})
                        .view()),
                root -> {
                    // Off a stage the toolkit would draw what it has drawn before.
                    root.lookup(".scroll-pane > .viewport").setCache(false);
                    Node save = root.lookup("#form-save");
                    ((javafx.scene.control.Button) save).fire();
                });
    }

    @Test
    void pictureOfTheFormWithAnAuthority() {
        Profile profile = new Profile(
                "fra-edge",
                List.of(URI.create("https://relay-1.example:8010"), URI.create("https://relay-2.example:8010")),
                Colour.PURPLE,
                Environment.PRODUCTION,
                new Trust.Authority(Path.of("/etc/ssl/company/relays.pem")),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.of(new Ansible(
                        Path.of("/srv/relays/inventories/fra/hosts.yml"), Optional.of(Path.of("/srv/relays")))));
        GoldenPicture.check(
                "connect-form-authority",
                () -> framed(new ClusterForm(
                                Optional.of(profile),
                                form -> form.check(Optional.empty(), java.util.Set.of()),
                                _ -> {},
                                files,
                                () -> {})
                        .view()));
    }

    @Test
    void pictureOfTheToken() {
        GoldenPicture.check(
                "connect-token",
                () -> framed(new TokenPane(
                                PRODUCTION,
                                Optional.of("the token has expired"),
                                Optional.of(new ConnectState.Keeping(
                                        true,
                                        Tokens.inMemory().where(true),
                                        "The token is kept in memory, and forgotten when the console ends.")),
                                new TokenPane.Ways() {
                                    @Override
                                    public void connect(String token, boolean remember) {}

                                    @Override
                                    public void cancel() {}
                                })
                        .view()));
    }

    @Test
    void pictureOfACertificate() {
        GoldenPicture.check("connect-certificate", () -> framed(certificate(false)));
        GoldenPicture.check("connect-certificate-changed", () -> framed(certificate(true)));
    }

    private static Node certificate(boolean changed) {
        Certificates.Shown shown = new Certificates.Shown(
                "relay-1.eu.example:8010",
                FINGERPRINT,
                "CN=relay-1.eu.example,O=Example Ltd",
                "CN=relay-1.eu.example,O=Example Ltd",
                Instant.parse("2027-03-14T00:00:00Z"));
        return new CertificatePane(
                        PRODUCTION, List.of(new ConnectState.Unconfirmed(shown, changed)), () -> {}, () -> {})
                .view();
    }

    private static Parent framed(Node pane) {
        StackPane root = new StackPane(pane);
        root.setAlignment(javafx.geometry.Pos.TOP_LEFT);
        root.setPadding(new javafx.geometry.Insets(24));
        return root;
    }

    /// For pictures: everything at once.
    private static final class Here implements dev.heliograph.console.workspace.Background {

        @Override
        public <T> java.util.concurrent.CompletableFuture<T> call(java.util.concurrent.Callable<T> work) {
            try {
                return java.util.concurrent.CompletableFuture.completedFuture(work.call());
            } catch (Exception e) {
                return java.util.concurrent.CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public dev.heliograph.console.value.Watch every(java.time.Duration pause, Runnable work) {
            return () -> {};
        }
    }
}
