package dev.heliograph.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.api.Trust;
import dev.heliograph.console.cluster.ProfileForm.Field;
import dev.heliograph.console.cluster.ProfileForm.Tls;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfileFormTest {

    @TempDir
    Path folder;

    private static ProfileForm form(String name, String addresses, Tls tls, String authority) {
        return new ProfileForm(
                name,
                addresses,
                Colour.RED,
                Environment.PRODUCTION,
                tls,
                authority,
                "",
                "",
                "alerts.example:9093",
                "",
                "");
    }

    private static ProfileForm labelled(String matchers) {
        return new ProfileForm(
                "a", "a", Colour.RED, Environment.PRODUCTION, Tls.KNOWN, "", "prometheus:9090", matchers, "", "", "");
    }

    private static Map<Field, String> errors(ProfileForm form) {
        return form.check(Optional.empty(), Set.of("taken")).errors();
    }

    @Test
    void addressesAreReadAsOperatorsWriteThem() {
        Profile profile = form(
                        " eu-1 ",
                        "relay-1:8010, https://relay-2.example/\n http://[::1]:8010  relay-1:8010",
                        Tls.KNOWN,
                        "")
                .check(Optional.empty(), Set.of())
                .profile()
                .orElseThrow();
        assertThat(profile.name()).isEqualTo("eu-1");
        assertThat(profile.addresses())
                .containsExactly(
                        URI.create("http://relay-1:8010"),
                        URI.create("https://relay-2.example"),
                        URI.create("http://[::1]:8010"));
        assertThat(profile.alertmanager()).contains(URI.create("http://alerts.example:9093"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "ftp://a", "http://a:99999", "a:b:c", "http://u:p@a", "http://a?x=1", "-"})
    void whatIsNoAddressIsSaid(String text) {
        assertThat(errors(form("a", text, Tls.KNOWN, ""))).containsOnlyKeys(Field.ADDRESSES);
    }

    @Test
    void everyFieldThatIsWrongIsSaidAtOnce() {
        ProfileForm form = new ProfileForm(
                " ",
                "  ",
                Colour.RED,
                Environment.STAGING,
                Tls.AUTHORITY,
                "",
                "not an address",
                "job=",
                "ftp://x",
                "/no/such/inventory",
                "/no/such/folder");
        assertThat(errors(form))
                .containsOnlyKeys(
                        Field.NAME,
                        Field.ADDRESSES,
                        Field.AUTHORITY,
                        Field.PROMETHEUS,
                        Field.MATCHERS,
                        Field.ALERTMANAGER,
                        Field.INVENTORY,
                        Field.PLAYBOOKS);
        assertThat(form.check(Optional.empty(), Set.of()).profile()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "job=\"relay\" | job=\"relay\"",
                "{ job = relay, node!~\"a.*\" } | job=\"relay\",node!~\"a.*\"",
                "instance=~\"10\\\\..*\" | instance=~\"10\\\\..*\"",
            })
    void matchersAreReadAsOperatorsWriteThem(String typed, String meant) {
        assertThat(labelled(typed)
                        .check(Optional.empty(), Set.of())
                        .profile()
                        .orElseThrow()
                        .matchers())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"job", "job=\"a\"} or vector(1) or x{a=\"b\"", "job=~\"(\"", "1a=\"b\"", "job=\"a\",,"})
    void whatAreNoMatchersIsSaid(String text) {
        assertThat(errors(labelled(text))).containsOnlyKeys(Field.MATCHERS);
    }

    @Test
    void aNameIsTakenOnce() {
        assertThat(errors(form("taken", "a", Tls.KNOWN, "")))
                .containsEntry(Field.NAME, "There is a cluster taken already.");
    }

    @Test
    void theFileOfTheAuthorityMustBeThere() throws Exception {
        Path pem = folder.resolve("ca.pem");
        assertThat(errors(form("a", "a", Tls.AUTHORITY, pem.toString()))).containsOnlyKeys(Field.AUTHORITY);
        Files.writeString(pem, "x");
        assertThat(form("a", "a", Tls.AUTHORITY, pem.toString())
                        .check(Optional.empty(), Set.of())
                        .profile()
                        .orElseThrow()
                        .trust())
                .isEqualTo(new Trust.Authority(pem));
    }

    private static ProfileForm playing(String inventory, String playbooks) {
        return new ProfileForm(
                "a", "a", Colour.RED, Environment.STAGING, Tls.KNOWN, "", "", "", "", inventory, playbooks);
    }

    private static Optional<Ansible> ansible(ProfileForm form) {
        return form.check(Optional.empty(), Set.of()).profile().orElseThrow().ansible();
    }

    @Test
    void thePlaybooksAreAboveTheInventoryUnlessItIsSaidWhereTheyAre() throws Exception {
        Path inventory = Files.createDirectories(folder.resolve("ansible/inventories/production"));
        Path other = Files.createDirectories(folder.resolve("other"));
        assertThat(ansible(playing("", ""))).isEmpty();
        assertThat(errors(playing(inventory.toString(), "")))
                .containsOnlyKeys(Field.PLAYBOOKS)
                .containsEntry(
                        Field.PLAYBOOKS,
                        "No folder above " + inventory + " has a site.yml. Say where the playbooks are.");
        assertThat(ansible(playing(inventory.toString(), other.toString())))
                .contains(new Ansible(inventory, Optional.of(other)));

        Files.writeString(folder.resolve("ansible/site.yml"), "[]");
        Ansible found = ansible(playing(" " + inventory + "/ ", "")).orElseThrow();
        assertThat(found).isEqualTo(new Ansible(inventory, Optional.empty()));
        assertThat(found.folder()).isEqualTo(folder.resolve("ansible"));
        assertThat(ProfileForm.playbooksAbove(inventory.toString())).contains(folder.resolve("ansible"));
        Path hosts = Files.writeString(inventory.resolve("hosts.yml"), "");
        assertThat(ansible(playing(hosts.toString(), "")).orElseThrow().folder())
                .isEqualTo(folder.resolve("ansible"));
    }

    @Test
    void playbooksAndTheirInventoryMustBeThere() throws Exception {
        Path none = folder.resolve("none");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(errors(playing(none.toString(), folder.toString())))
                .containsOnlyKeys(Field.INVENTORY)
                .containsEntry(Field.INVENTORY, none + " cannot be read.");
        assertThat(errors(playing(file.toString(), file.toString())))
                .containsOnlyKeys(Field.PLAYBOOKS)
                .containsEntry(Field.PLAYBOOKS, file + " is no folder.");
        assertThat(errors(playing("", folder.toString())))
                .containsOnlyKeys(Field.INVENTORY)
                .containsEntry(Field.INVENTORY, "Say which inventory the playbooks are for.");
        assertThat(errors(playing("a\0b", ""))).containsOnlyKeys(Field.INVENTORY);
    }

    @Test
    void whatWasConfirmedStaysConfirmedWhenAClusterIsEdited() {
        Profile before = form("a", "https://a", Tls.PINNED, "")
                .check(Optional.empty(), Set.of())
                .profile()
                .orElseThrow()
                .confirming(Map.of("a:443", "AB"));
        Profile after = ProfileForm.of(before)
                .check(Optional.of(before), Set.of())
                .profile()
                .orElseThrow();
        assertThat(after).isEqualTo(before);
    }
}
