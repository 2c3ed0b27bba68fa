package dev.vertxmicro.registry.dnssd;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ThreadLocalRandom;
import javax.jmdns.JmDNS;
import javax.jmdns.impl.DNSIncoming;
import javax.jmdns.impl.DNSTaskStarter;
import javax.jmdns.impl.JmDNSImpl;
import javax.jmdns.impl.ServiceInfoImpl;
import javax.jmdns.impl.tasks.state.Announcer;
import javax.jmdns.impl.tasks.state.Canceler;
import javax.jmdns.impl.tasks.state.Prober;

/**
 * Lets JmDNS probe and announce at the pace of RFC 6762 (8.1, 8.3): three probes 250 ms apart, after up to 250 ms, the first
 * announcement 250 ms after the last of them, the second after one second more; its three goodbyes are 250 ms apart. JmDNS by
 * itself takes a second for each of these steps while its host is not announced, five in all. Where there were many registrations
 * or conflicts a short time ago, it goes at JmDNS's pace.
 *
 * <p>Used by the threads of JmDNS.
 */
final class Pace implements DNSTaskStarter {
    private static final int STEP_MILLIS = 250;
    /** JmDNS counts registrations and conflicts within 5 s of each other. */
    private static final int MANY = 10;

    private final JmDNSImpl jmdns;
    private final DNSTaskStarter others;
    private final Timer timer;
    private volatile boolean leaving;

    private Pace(JmDNSImpl jmdns) {
        this.jmdns = jmdns;
        others = new DNSTaskStarterImpl(jmdns);
        timer = new SteppedTimer(jmdns.getName());
    }

    /** How an instance of JmDNS is made. */
    interface Making {
        /**
         * Makes it.
         *
         * @return it
         * @throws IOException if it cannot
         */
        JmDNS make() throws IOException;
    }

    /**
     * Makes an instance that has this pace. JmDNS asks one delegate of the process how each instance goes: it is there only
     * while this one is made, so that those of others go as they did.
     *
     * @param making makes it
     * @return it
     * @throws IOException if it cannot be made
     */
    static synchronized JmDNS of(Making making) throws IOException {
        Factory.ClassDelegate before = Factory.classDelegate();
        Factory.setClassDelegate(Pace::new);
        try {
            return making.make();
        } finally {
            Factory.setClassDelegate(before);
        }
    }

    /**
     * Lets the goodbyes of an instance that is about to be closed be a second apart again: nobody waits for what they do, so the
     * more of a crowded network they outlive, the better.
     *
     * @param jmdns the instance
     */
    static void leave(JmDNS jmdns) {
        if (Factory.getInstance().getStarter((JmDNSImpl) jmdns) instanceof Pace pace) {
            pace.leaving = true;
        }
    }

    /** When a task is run: after the first time, and then each time the other has passed, in milliseconds. */
    record Steps(long delay, long period) {
        /**
         * Tells when.
         *
         * @param task     which task of JmDNS
         * @param own      when JmDNS would run it
         * @param throttle how often JmDNS probed a short time ago
         * @param leaving  whether the instance is about to be closed
         * @return the times
         */
        static Steps of(Class<?> task, Steps own, int throttle, boolean leaving) {
            if (throttle >= MANY || (leaving && task == Canceler.class)) {
                return own;
            }
            if (task == Prober.class) {
                return new Steps(ThreadLocalRandom.current().nextInt(STEP_MILLIS), STEP_MILLIS);
            }
            return new Steps(Math.min(own.delay(), STEP_MILLIS), task == Canceler.class ? STEP_MILLIS : own.period());
        }
    }

    /** Java's timer, but for the steps of JmDNS. */
    private final class SteppedTimer extends Timer {
        SteppedTimer(String name) {
            super("JmDNS(" + name + ").Steps", true);
        }

        @Override
        public void schedule(TimerTask task, long delay, long period) {
            Steps steps = Steps.of(task.getClass(), new Steps(delay, period), jmdns.getThrottle(), leaving);
            super.schedule(task, steps.delay(), steps.period());
        }
    }

    @Override
    public void startProber() {
        start(new Prober(jmdns)::start);
    }

    @Override
    public void startAnnouncer() {
        start(new Announcer(jmdns)::start);
    }

    @Override
    public void startCanceler() {
        start(new Canceler(jmdns)::start);
    }

    private interface Starting {
        void start(Timer timer);
    }

    private void start(Starting task) {
        try {
            task.start(timer);
        } catch (IllegalStateException closed) {
            // The timer has ended with its instance.
        }
    }

    @Override
    public void purgeTimer() {
        others.purgeTimer();
    }

    @Override
    public void purgeStateTimer() {
        timer.purge();
        others.purgeStateTimer();
    }

    @Override
    public void cancelTimer() {
        others.cancelTimer();
    }

    @Override
    public void cancelStateTimer() {
        timer.cancel();
        others.cancelStateTimer();
    }

    @Override
    public void startRenewer() {
        others.startRenewer();
    }

    @Override
    public void startReaper() {
        others.startReaper();
    }

    @Override
    public void startServiceInfoResolver(ServiceInfoImpl info) {
        others.startServiceInfoResolver(info);
    }

    @Override
    public void startTypeResolver() {
        others.startTypeResolver();
    }

    @Override
    public void startServiceResolver(String type) {
        others.startServiceResolver(type);
    }

    @Override
    public void startResponder(DNSIncoming question, InetAddress source, int port) {
        others.startResponder(question, source, port);
    }
}
