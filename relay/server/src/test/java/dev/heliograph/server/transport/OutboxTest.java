package dev.heliograph.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.config.SlowConsumer;
import dev.heliograph.server.hub.Subscription;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {

    private final Outbox outbox = new Outbox();
    private final Subscription news = Subscriptions.live("news", false, SlowConsumer.DROP_OLDEST, () -> {});
    private final Subscription chat = Subscriptions.live("chat", true, SlowConsumer.DROP_OLDEST, () -> {});

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private String peek(int capacity) {
        ByteBuffer target = ByteBuffer.allocate(capacity);
        outbox.copyTo(target);
        return new String(target.array(), 0, target.position(), US_ASCII);
    }

    @Test
    void bytesLeaveInTheOrderTheyCameHoweverTheyAreCut() {
        Random random = new Random(3);
        StringBuilder in = new StringBuilder();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            if (random.nextBoolean()) {
                String frame = "x".repeat(random.nextInt(20)) + i + ";";
                in.append(frame);
                if (random.nextBoolean()) {
                    outbox.add(bytes(frame));
                } else {
                    outbox.add(bytes(frame), news);
                }
            }
            String some = peek(random.nextInt(64));
            int taken = some.isEmpty() ? 0 : random.nextInt(some.length() + 1);
            out.append(some, 0, taken);
            outbox.consumed(taken);
            assertThat(outbox.bytes()).isEqualTo(in.length() - out.length());
            assertThat(outbox.isEmpty()).isEqualTo(in.length() == out.length());
        }
        out.append(peek((int) outbox.bytes()));
        assertThat(out).hasToString(in.toString());
    }

    @Test
    void aFrameOfWhichAPartIsWrittenGoesOnBehindThatPart() {
        outbox.addPart(bytes("begun"), 2);
        outbox.add(bytes("next"));
        assertThat(outbox.bytes()).isEqualTo(7);
        assertThat(peek(100)).isEqualTo("gunnext");
    }

    @Test
    void whatIsNotBegunCanBeDroppedButABegunFrameMustBeFinished() {
        outbox.add(bytes("first"), news);
        outbox.add(bytes("second"));
        outbox.add(bytes("third"));
        outbox.consumed(3);
        assertThat(outbox.dropUnbegun()).isEqualTo(2);
        assertThat(peek(100)).isEqualTo("st");
        assertThat(outbox.bytes()).isEqualTo(2);

        outbox.consumed(2);
        outbox.add(bytes("third"));
        outbox.dropUnbegun();
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void aClearedOutboxBeginsAnew() {
        outbox.addPart(bytes("begun"), 2);
        outbox.owe(news);
        outbox.clear();
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.takeOwed()).isEmpty();
        outbox.add(bytes("new"));
        assertThat(peek(100)).isEqualTo("new");
    }

    @Test
    void theOldestFramesGoUntilEnoughIsFreeAndThoseWithoutAnOwnerStay() {
        outbox.add(bytes("reply;"));
        for (int i = 1; i <= 8; i++) {
            outbox.add(bytes("news" + i + ";"), news);
        }
        assertThat(outbox.shrink(24)).isEqualTo(Map.of(news, 5));
        assertThat(peek(100)).isEqualTo("reply;news6;news7;news8;");
        assertThat(outbox.bytes()).isEqualTo(24);
        assertThat(outbox.shrink(24)).isEmpty();
    }

    @Test
    void ofASubscriptionWithAPositionAllGoAndOthersStayIfThatIsEnough() {
        outbox.add(bytes("chat1;"), chat);
        outbox.add(bytes("news1;"), news);
        outbox.add(bytes("chat2;"), chat);
        outbox.add(bytes("news2;"), news);
        outbox.add(bytes("chat3;"), chat);
        assertThat(outbox.shrink(29)).isEqualTo(Map.of(chat, 3));
        assertThat(peek(100)).isEqualTo("news1;news2;");
        assertThat(outbox.bytes()).isEqualTo(12);
    }

    @Test
    void aBegunFrameIsFinishedWhenItsSubscriptionLosesTheRest() {
        outbox.add(bytes("chat1;"), chat);
        outbox.add(bytes("chat2;"), chat);
        outbox.consumed(1);
        assertThat(outbox.shrink(0)).isEqualTo(Map.of(chat, 1));
        assertThat(peek(100)).isEqualTo("hat1;");
    }

    @Test
    void theNewestFrameTakesThePlaceOfAllOfItsOwnerThatAreNotBegun() {
        outbox.add(bytes("news1;"), news);
        outbox.add(bytes("news2;"), news);
        outbox.add(bytes("reply;"));
        outbox.add(bytes("news3;"), news);
        outbox.consumed(2);
        assertThat(outbox.replace(bytes("news4;"), news)).isEqualTo(2);
        assertThat(peek(100)).isEqualTo("ws1;reply;news4;");
        outbox.add(bytes("more;"));
        assertThat(outbox.replace(bytes("news12345;"), news)).isOne();
        assertThat(peek(100)).isEqualTo("ws1;reply;news12345;more;");
        assertThat(outbox.bytes()).isEqualTo(25);

        outbox.consumed(10);
        assertThat(outbox.replace(bytes("news6;"), news)).isOne();
        outbox.consumed(1);
        assertThat(outbox.replace(bytes("news7;"), news)).as("news6 is begun").isZero();
        assertThat(peek(100)).isEqualTo("ews6;more;news7;");
    }

    @Test
    void oneLargeFrameAtATimeDoesNotCount() {
        outbox.add(bytes("12345"));
        outbox.addExtra(bytes("answer"));
        assertThat(outbox.counted()).isEqualTo(5);
        outbox.addExtra(bytes("answer"));
        assertThat(outbox.counted()).isEqualTo(11);
        outbox.consumed(7);
        assertThat(outbox.bytes()).isEqualTo(10);
        assertThat(outbox.counted()).isEqualTo(6);
        outbox.consumed(4);
        assertThat(outbox.counted()).isEqualTo(6);
        outbox.addExtra(bytes("another"));
        assertThat(outbox.counted()).isEqualTo(6);
    }

    /// Against a model that keeps a list of texts.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void dropsAndReplacesAsItsModelWhateverComes(long seed) {
        record Waiting(String text, Subscription owner) {}
        Random random = new Random(seed);
        List<Waiting> model = new ArrayList<>();
        Subscription none = Subscriptions.live("none", false, SlowConsumer.DISCONNECT, () -> {});
        int begun = 0;
        for (int i = 0; i < 3_000; i++) {
            Subscription owner = List.of(news, chat, none).get(random.nextInt(3));
            String text = "%s%d;".formatted("x".repeat(random.nextInt(9)), i);
            int first = begun > 0 ? 1 : 0;
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    model.add(new Waiting(text, owner));
                    if (owner == none) {
                        outbox.add(bytes(text));
                    } else {
                        outbox.add(bytes(text), owner);
                    }
                }
                case 3 -> {
                    int at = -1;
                    for (int k = first; k < model.size(); k++) {
                        at = model.get(k).owner() == news ? k : at;
                    }
                    long waiting = model.stream()
                            .skip(first)
                            .filter(each -> each.owner() == news)
                            .count();
                    int dropped = outbox.replace(bytes(text), news);
                    assertThat(dropped).isEqualTo((int) waiting);
                    String now = peek((int) outbox.bytes());
                    boolean inPlace = waiting == 1 && !now.endsWith(text);
                    if (inPlace) {
                        model.set(at, new Waiting(text, news));
                    } else {
                        List<Waiting> head = List.copyOf(model.subList(0, first));
                        List<Waiting> tail = new ArrayList<>(model.subList(first, model.size()));
                        tail.removeIf(each -> each.owner() == news);
                        model.clear();
                        model.addAll(head);
                        model.addAll(tail);
                        model.add(new Waiting(text, news));
                    }
                }
                case 4 -> {
                    if (random.nextInt(10) == 0) {
                        long target = outbox.bytes() / 2;
                        long total = outbox.bytes();
                        boolean chatGoes = false;
                        List<Waiting> kept = new ArrayList<>(model.subList(0, first));
                        for (Waiting each : model.subList(first, model.size())) {
                            boolean goes =
                                    each.owner() != none && (total > target || (each.owner() == chat && chatGoes));
                            if (goes) {
                                total -= each.text().length();
                                chatGoes |= each.owner() == chat;
                            } else {
                                kept.add(each);
                            }
                        }
                        outbox.shrink(target);
                        model.clear();
                        model.addAll(kept);
                    }
                }
                default -> {
                    int taken = outbox.isEmpty() ? 0 : random.nextInt((int) Math.min(outbox.bytes(), 40) + 1);
                    outbox.consumed(taken);
                    begun += taken;
                    while (!model.isEmpty() && begun >= model.getFirst().text().length()) {
                        begun -= model.removeFirst().text().length();
                    }
                }
            }
            StringBuilder expected = new StringBuilder();
            model.forEach(each -> expected.append(each.text()));
            assertThat(peek((int) outbox.bytes())).isEqualTo(expected.substring(Math.min(begun, expected.length())));
            assertThat(outbox.bytes()).isEqualTo(expected.length() - begun);
        }
    }
}
