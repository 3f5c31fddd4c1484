package dev.heliograph.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.Hearing.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A started broker, a listener that remembers, and the words that the contracts are written in.
abstract class BrokerFixture {

    static final String CHANNEL = "news:contract";
    static final String FENCE = "fence:contract";
    static final Duration HOUR = Duration.ofHours(1);

    static final PublishOptions KEPT = PublishOptions.history(100, HOUR);

    Broker broker;
    Hearing heard;

    abstract BrokerUnderTest underTest();

    @BeforeEach
    void startBroker() {
        broker = underTest().create();
        heard = new Hearing();
        broker.start(heard);
    }

    @AfterEach
    void closeBroker() {
        broker.close();
    }

    static Publication text(String text) {
        return Publication.of(Bytes.of(text.getBytes(UTF_8)));
    }

    static ClientInfo info(String user, String client) {
        return new ClientInfo(user, client, Bytes.EMPTY, Bytes.EMPTY);
    }

    static PublishOptions withMetaTtl(Duration metaTtl) {
        return new PublishOptions(100, HOUR, metaTtl, "", PublishOptions.IDEMPOTENCY_TTL, 0, "");
    }

    StreamPosition publish(String text) {
        return broker.publish(CHANNEL, text(text), KEPT).position();
    }

    void publishNumbers(int count) {
        for (int i = 1; i <= count; i++) {
            publish("" + i);
        }
    }

    PublishResult publishVersion(long version, String versionEpoch, String text) {
        return broker.publish(
                CHANNEL, text(text), new PublishOptions(100, HOUR, HOUR, "", HOUR, version, versionEpoch));
    }

    StreamPosition top() {
        return broker.history(CHANNEL, HistoryQuery.TOP, HOUR).top();
    }

    List<Publication> read(HistoryQuery query) {
        return broker.history(CHANNEL, query, HOUR).publications();
    }

    List<String> texts(HistoryQuery query) {
        return read(query).stream()
                .map(publication -> publication.data().text())
                .toList();
    }

    void awaitHeard(News news) {
        await().untilAsserted(() -> assertThat(heard.of(news.channel())).containsExactly(news));
    }

    /// Waits until a publication that came after everything else was heard on a channel of its own.
    void awaitFence() {
        broker.subscribe(FENCE);
        int before = heard.of(FENCE).size();
        broker.publish(FENCE, text("fence"), PublishOptions.NO_HISTORY);
        await().until(() -> heard.of(FENCE).size() > before);
    }

    interface Task<T> {
        T run(int number) throws Exception;
    }

    /// Runs the tasks at the same moment and returns their results in the order of their numbers.
    static <T> List<T> inParallel(int count, Task<T> task) throws Exception {
        CountDownLatch ready = new CountDownLatch(count);
        List<Callable<T>> tasks = IntStream.range(0, count)
                .<Callable<T>>mapToObj(number -> () -> {
                    ready.countDown();
                    ready.await();
                    return task.run(number);
                })
                .toList();
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
        }
        return results;
    }
}
