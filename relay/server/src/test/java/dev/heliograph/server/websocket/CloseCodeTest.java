package dev.heliograph.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CloseCodeTest {

    @Test
    void aPeerMaySendTheRegisteredCodesAndThoseOfLibrariesAndApplications() {
        int[] valid = IntStream.rangeClosed(-1, 70_000).filter(CloseCode::valid).toArray();

        assertThat(valid)
                .startsWith(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000)
                .endsWith(4999)
                .hasSize(12 + 2_000);
    }
}
