package dev.heliograph.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.console.api.Trust;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfilesTest {

    private static final Profile STAGING = new Profile(
            "staging",
            List.of(URI.create("http://10.0.0.1:8010"), URI.create("http://10.0.0.2:8010")),
            Colour.YELLOW,
            Environment.STAGING,
            new Trust.Known(),
            Optional.of(URI.create("http://prometheus:9090")),
            "job=\"relay\",cluster!~\"a\\\\.b\"",
            Optional.empty(),
            Optional.of(new Ansible(Path.of("/srv/hosts/staging.yml"), Optional.of(Path.of("/srv/playbooks")))));

    private static final Profile PRODUCTION = new Profile(
            "production",
            List.of(URI.create("https://relay.example")),
            Colour.RED,
            Environment.PRODUCTION,
            new Trust.Pinned(Map.of("relay.example:443", "AB:CD")),
            Optional.empty(),
            "",
            Optional.of(URI.create("https://alerts.example/am")),
            Optional.of(new Ansible(Path.of("/srv/ansible/inventories/production"), Optional.empty())));

    private static final Profile LAB = new Profile(
            "lab",
            List.of(URI.create("https://lab:8010")),
            Colour.GREY,
            Environment.DEVELOPMENT,
            new Trust.Authority(Path.of("/etc/ca.pem")),
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty());

    @TempDir
    Path home;

    private Profiles profiles;

    @BeforeEach
    void open() {
        profiles = profiles();
    }

    private Profiles profiles() {
        return new Profiles(
                home.resolve("heliograph"), Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
    }

    private Path file() {
        return home.resolve("heliograph/clusters.json");
    }

    private void write(String text) throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), text);
    }

    @Test
    void withoutAFileThereAreNoClustersAndNoProblem() {
        assertThat(profiles.load()).isEqualTo(new Profiles.Loaded(List.of(), Optional.empty()));
    }

    @Test
    void whatIsSavedIsThereAgain() {
        profiles.save(STAGING, Optional.empty());
        profiles.save(PRODUCTION, Optional.empty());
        profiles.save(LAB, Optional.empty());
        assertThat(profiles().load().clusters()).containsExactly(STAGING, PRODUCTION, LAB);
    }

    @Test
    void oneThatIsEditedKeepsItsPlace() {
        profiles.save(STAGING, Optional.empty());
        profiles.save(PRODUCTION, Optional.empty());
        profiles.save(LAB, Optional.of("staging"));
        assertThat(profiles.load().clusters()).containsExactly(LAB, PRODUCTION);
        profiles.remove("lab");
        assertThat(profiles.load().clusters()).containsExactly(PRODUCTION);
    }

    @Test
    void onlyTheOwnerCanReadIt() throws Exception {
        profiles.save(STAGING, Optional.empty());
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(file().getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void nothingElseIsLeftInTheDirectory() throws Exception {
        profiles.save(STAGING, Optional.empty());
        profiles.save(PRODUCTION, Optional.empty());
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"version\":1,                                    | it is no JSON in line",
                "{}                                                 | it is not a file of this console",
                "[]                                                 | it is not a file of this console",
                "{\"version\":2,\"clusters\":[]}                    | a newer version of the console has written it",
                "{\"version\":1,\"clusters\":[{\"name\":\"a\"}]}    | the value of addresses of the cluster a",
                "{\"version\":1,\"clusters\":[{\"name\":\"a\",\"addresses\":[\"http://a\"],\"colour\":\"pink\"}]} |"
                        + " the value of colour of the cluster a",
                "{\"version\":1,\"clusters\":[{\"name\":\"a\",\"addresses\":[\"ftp://a\"]}]} | the value of addresses"
                        + " of the cluster a",
                "{\"version\":1,\"clusters\":[{\"addresses\":[\"http://a\"]}]} | the value of name of the cluster ?",
                "{\"version\":1,\"clusters\":[{\"name\":\"a\",\"addresses\":[\"http://a\"],\"colour\":\"red\","
                        + "\"environment\":\"staging\",\"tls\":{\"trust\":\"known\"},\"ansible\":{\"playbooks\":\"/srv\"}}]} |"
                        + " the value of ansible.inventory of the cluster a"
            })
    void aDamagedFileIsOneSentenceAndStays(String text, String why) throws Exception {
        write(text);
        Profiles.Loaded loaded = profiles.load();
        assertThat(loaded.clusters()).isEmpty();
        assertThat(loaded.problem().orElseThrow()).contains(file().toString()).contains(why);
        assertThat(Files.readString(file())).isEqualTo(text);
    }

    @Test
    void aDamagedFileIsKeptBesideTheNewOne() throws Exception {
        write("{\"version\":1, oh");
        profiles.save(STAGING, Optional.empty());
        assertThat(profiles.load().clusters()).containsExactly(STAGING);
        assertThat(Files.readString(file().resolveSibling("clusters.json.damaged-20260102-030405")))
                .isEqualTo("{\"version\":1, oh");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaid() throws Exception {
        Files.writeString(home.resolve("heliograph"), "a file");
        assertThatThrownBy(() -> profiles.save(STAGING, Optional.empty()))
                .isInstanceOf(ProfilesException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aTokenInTheClearIsNoticed() {
        assertThat(STAGING.sendsTokenInTheClear()).isTrue();
        assertThat(PRODUCTION.sendsTokenInTheClear()).isFalse();
        Profile here = new Profile(
                "here",
                List.of(
                        URI.create("http://127.0.0.1:8010"),
                        URI.create("http://localhost:1"),
                        URI.create("http://[::1]:1")),
                Colour.BLUE,
                Environment.DEVELOPMENT,
                new Trust.Known(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty());
        assertThat(here.sendsTokenInTheClear()).isFalse();
    }

    @Test
    void whatIsConfirmedComesToWhatWasConfirmed() {
        assertThat(PRODUCTION.confirming(Map.of("b:1", "EF")).trust())
                .isEqualTo(new Trust.Pinned(Map.of("relay.example:443", "AB:CD", "b:1", "EF")));
    }
}
