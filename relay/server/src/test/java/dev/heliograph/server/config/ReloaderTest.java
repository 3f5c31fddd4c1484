package dev.heliograph.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReloaderTest {

    private final RelayConfig first = RelayConfig.parse("client: {channel_limit: 1}");
    private final RelayConfig next = RelayConfig.parse("client: {channel_limit: 2}");
    private final Reloader reloader = new Reloader(first);
    private final List<String> done = new ArrayList<>();

    @BeforeEach
    void twoParts() {
        reloader.add(new Recording("a"));
        reloader.add(new Recording("b"));
    }

    private final class Recording implements Reloader.Part {
        private final String name;

        Recording(String name) {
            this.name = name;
        }

        @Override
        public Reloader.Prepared prepare(RelayConfig next) {
            done.add(name + " prepares " + next.client().channelLimit());
            return new Reloader.Prepared() {
                @Override
                public List<ConfigChange> changes() {
                    return List.of(new ConfigChange("file." + name, "changed", Effect.AT_ONCE));
                }

                @Override
                public void commit() {
                    done.add(name + " commits");
                }

                @Override
                public void discard() {
                    done.add(name + " discards");
                }
            };
        }
    }

    @Test
    void allPartsTakeItAfterAllAreReady() {
        assertThat(reloader.apply(next).changes().toString())
                .isEqualTo("[client.channel_limit: 1 -> 2, file.a: changed, file.b: changed]");
        assertThat(done).containsExactly("a prepares 2", "b prepares 2", "a commits", "b commits");
        assertThat(reloader.current()).isSameAs(next);
    }

    @Test
    void aPreviewSaysTheSameAndChangesNothing() {
        assertThat(reloader.preview(next).changes().toString())
                .isEqualTo("[client.channel_limit: 1 -> 2, file.a: changed, file.b: changed]");
        assertThat(done).containsExactly("a prepares 2", "b prepares 2", "a discards", "b discards");
        assertThat(reloader.current()).isSameAs(first);
    }

    @Test
    void oneThatCanNotTakeItIsOneForAll() {
        reloader.add(_ -> {
            throw new ConfigException(List.of("no"));
        });
        assertThatThrownBy(() -> reloader.apply(next)).isInstanceOf(ConfigException.class);
        assertThat(done).containsExactly("a prepares 2", "b prepares 2", "a discards", "b discards");
        assertThat(reloader.current()).isSameAs(first);
    }

    @Test
    void theFirstMayRefuseAtTheLastMoment() {
        Reloader other = new Reloader(first);
        other.add(_ -> () -> {
            throw new IllegalStateException("no");
        });
        other.add(new Recording("b"));
        assertThatThrownBy(() -> other.apply(next)).isInstanceOf(IllegalStateException.class);
        assertThat(done).containsExactly("b prepares 2", "b discards");
        assertThat(other.current()).isSameAs(first);
    }

    @Test
    void whatNeedsARestartIsNamedAndRefusedWithAllTheRest() {
        RelayConfig moved = RelayConfig.parse("""
                client: {channel_limit: 2}
                http_server: {port: 9}
                engine: {event_loops: 3}
                """);
        assertThatThrownBy(() -> reloader.apply(moved))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "http_server.port: can not change while the relay runs; restart it",
                                        "engine.event_loops: can not change while the relay runs; restart it"));
        assertThatThrownBy(() -> reloader.preview(moved)).isInstanceOf(ConfigException.class);
        assertThat(done).isEmpty();
        assertThat(reloader.current()).isSameAs(first);
    }

    @Test
    void itReadsFromWhereItIsTold() {
        assertThat(reloader.reload().changes()).hasSize(2);
        reloader.readFrom(() -> next);
        assertThat(reloader.preview().toString()).startsWith("client.channel_limit: 1 -> 2");
        assertThat(reloader.current()).isSameAs(first);
        reloader.reload();
        assertThat(reloader.current()).isSameAs(next);
    }
}
