package dev.heliograph.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientSoftwareTest {

    @Test
    void connectionsOfOneVersionShareIt() {
        ClientSoftware one = ClientSoftware.of(new String("js"), new String("5.2"));
        assertThat(ClientSoftware.of("js", "5.2")).isSameAs(one);
        assertThat(ClientSoftware.of("js", "5.3")).isNotEqualTo(one);
        assertThat(ClientSoftware.of("", "")).isSameAs(ClientSoftware.UNKNOWN);
    }

    @Test
    void aLongNameIsCut() {
        ClientSoftware cut = ClientSoftware.of("n".repeat(65_536), "v".repeat(65));
        assertThat(cut.name()).hasSize(ClientSoftware.MAX_LENGTH);
        assertThat(cut.version()).hasSize(ClientSoftware.MAX_LENGTH);
    }
}
