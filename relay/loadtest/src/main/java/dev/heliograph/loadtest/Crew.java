package dev.heliograph.loadtest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// The clients of a [Swarm] on one loop. For its thread, but for [#ask] and what the tallies offer to all.
final class Crew implements Member.Host {

    /// Handshakes on their way at a time; the backlog of servers holds them.
    private static final int OPENING = 128;

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);

    final Reactor reactor = Reactor.start();
    final Tally tally = new Tally();
    final List<Member> members = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /// Of those that are slow on purpose: they count apart.
    final Tally slow = new Tally();

    private final Swarm swarm;
    private final SplittableRandom random = new SplittableRandom();
    private final Queue<Member> visitors = new ArrayDeque<>();
    private int opening;
    private long visits;
    private long visiting;

    Crew(Swarm swarm) {
        this.swarm = swarm;
    }

    /// Gets an answer from its thread; for any thread.
    <T> T ask(Callable<T> question) {
        reactor.check();
        return reactor.ask(question);
    }

    /// @param due when it is to begin; [Long#MAX_VALUE] for when its first packet goes
    void enter(Member member, int number, long due) {
        waiting.add(() -> {
            members.add(member);
            member.enter(
                    reactor,
                    swarm.to(number),
                    swarm.source(number),
                    number,
                    due == Long.MAX_VALUE ? System.nanoTime() : due);
        });
    }

    void openMore() {
        while (opening < OPENING && !waiting.isEmpty()) {
            opening++;
            waiting.remove().run();
        }
    }

    /// Clients that come in at a rate, in turn with the other crews.
    void ramp(List<Member> coming, int first, double pause, long began) {
        double due = 0;
        for (int i = 0; i < coming.size(); i++) {
            Member member = coming.get(i);
            int number = first + i * swarm.loops();
            due = i * pause;
            long when = began + (long) due;
            reactor.after(Math.max(0, when - System.nanoTime()), () -> {
                if (!swarm.isStopped()) {
                    enter(member, number, when);
                    openMore();
                }
            });
        }
    }

    /// As [Swarm#churn].
    void startChurn(double perSecond, double share) {
        visits = 0;
        visitors.clear();
        members.stream().limit((long) Math.ceil(share * members.size())).forEach(visitors::add);
        churn(perSecond, System.nanoTime(), ++visiting);
    }

    private void churn(double perSecond, long began, long run) {
        if (run != visiting || swarm.isStopped() || perSecond == 0) {
            return;
        }
        // The one that is here longest goes, and one like it comes.
        while (visits < (System.nanoTime() - began) / 1e9 * perSecond && !visitors.isEmpty()) {
            visits++;
            Member old = visitors.remove();
            if (!old.isLive()) {
                visitors.add(old);
                break;
            }
            members.remove(old);
            old.leave();
            Member fresh = new Member(this, swarm.dialect(), old.tally(), old.topics());
            visitors.add(fresh);
            enter(fresh, old.number(), System.nanoTime());
        }
        openMore();
        reactor.after(TICK, () -> churn(perSecond, began, run));
    }

    private void comeBack(Member member, long delay) {
        reactor.after(delay, () -> {
            waiting.add(() -> member.comeBack(reactor, swarm.to(member.number()), swarm.source(member.number())));
            openMore();
        });
    }

    @Override
    public void entered(Member member) {
        opening--;
        openMore();
    }

    @Override
    public void delivered() {
        swarm.publishers().delivered(this);
    }

    @Override
    public void gone(Member member) {
        if (member.isEntering()) {
            opening--;
        }
        if (swarm.isComingBack()) {
            comeBack(member, member.failures() < 2 ? 0 : Backoff.delay(member.failures() - 2, random));
        } else if (member.isBroken()) {
            swarm.disconnected();
            member.tally().disconnected++;
            member.tally().lost += member.gaps();
        } else {
            member.tally().lost += member.gaps();
        }
        openMore();
    }
}
