package dev.vertxmicro.bench.faults;

import static dev.vertxmicro.bench.faults.Scenario.Setting.DEFAULT;

import dev.vertxmicro.bench.measure.CallLog;
import dev.vertxmicro.bench.measure.Goals;
import java.util.List;
import java.util.Optional;

/** The scenarios, with times in seconds of sixty. */
final class Scenarios {
    /** Calls that may fail before a caller knows better. */
    private static final int NOTICED = 10;

    private static final String KILLED = "killed ";
    /** How long before a kill a call may have begun that it ends, in milliseconds. */
    private static final long BEFORE = 1000;

    static final List<Scenario> ALL = List.of(
            new Scenario("rolling-restart", DEFAULT, Scenarios::restartAllTwice, Scenarios::noneFailed),
            new Scenario(
                    "rolling-restart-consul",
                    DEFAULT.withRegistry("consul"),
                    Scenarios::restartAllTwice,
                    Scenarios::noneFailed),
            new Scenario(
                    "rolling-restart-cluster",
                    DEFAULT.withRegistry("eventbus"),
                    Scenarios::restartAllTwice,
                    Scenarios::noneFailed),
            new Scenario("kill", DEFAULT, Scenarios::killEach, Scenarios::oneOfACaller),
            new Scenario("kill-idempotent", DEFAULT.asIdempotent(), Scenarios::killEach, Scenarios::noneFailed),
            new Scenario("stopped", DEFAULT, Scenarios::freezeOne, Scenarios::soonAtOthers),
            new Scenario("drop", DEFAULT.behindRelays(), Scenarios::dropAndHeal, Scenarios::usedAgain),
            new Scenario(
                    "registry-away", DEFAULT.withRegistry("consul"), Scenarios::killRegistry, Scenarios::noneFailed),
            new Scenario("slow-node", DEFAULT.withStrategy("peak-ewma"), Scenarios::slowOne, Scenarios::fewAtSlow),
            new Scenario("overload", DEFAULT, Scenarios::overload, Scenarios::mostDone),
            new Scenario("blocked-loop", DEFAULT, Scenarios::blockOne, (log, stage) -> failed(log, NOTICED)));

    private Scenarios() {}

    /** Finds one. */
    static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    private static Goals failed(CallLog log, int atMost) {
        return new Goals().atMost("failed", log.failed(), atMost);
    }

    private static Goals noneFailed(CallLog log, Stage stage) {
        return failed(log, 0);
    }

    private static void restartAllTwice(Stage stage) throws Exception {
        for (int i = 0; i < 2 * Stage.NODES; i++) {
            stage.until(10.0 * i);
            stage.node(i).stop();
            stage.restart(i);
            Thread.sleep(500); // as long as whoever rolls a restart looks at the new one, at least
        }
        stage.until(60);
    }

    private static void killEach(Stage stage) throws Exception {
        for (int i = 0; i < Stage.NODES; i++) {
            stage.until(20.0 * i + 5);
            stage.mark(KILLED + i);
            stage.node(i).kill();
            stage.until(20.0 * i + 15);
            stage.restart(i);
        }
        stage.until(60);
    }

    /** What a node had when it was killed nobody may ask for again; whoever lost a call to it loses no second one. */
    private static Goals oneOfACaller(CallLog log, Stage stage) {
        long most = 0;
        for (int i = 0; i < Stage.NODES; i++) {
            long next = i + 1 < Stage.NODES ? stage.at(KILLED + (i + 1)) : Long.MAX_VALUE;
            most = Math.max(
                    most,
                    log.between(stage.at(KILLED + i) - BEFORE, next - BEFORE).failedOfOneCaller());
        }
        return new Goals().atMost("failed-of-a-caller-by-a-kill", (double) most, 1);
    }

    private static void freezeOne(Stage stage) throws Exception {
        stage.until(10);
        stage.mark("frozen");
        stage.node(0).freeze();
        stage.until(30);
        stage.node(0).thaw();
        stage.until(60);
    }

    private static Goals soonAtOthers(CallLog log, Stage stage) {
        long noticed = stage.at("frozen") + 2000;
        return failed(log, NOTICED)
                .fastAtMost(
                        "p99.9-ms-after-2-s",
                        log.between(noticed, Long.MAX_VALUE).millis(0.999),
                        50);
    }

    private static void dropAndHeal(Stage stage) throws Exception {
        stage.until(5);
        stage.relay(0).freeze();
        stage.until(45);
        stage.relay(0).heal();
        stage.mark("healed");
        stage.until(60);
        Thread.sleep(Math.max(0, stage.at("healed") + 15_000 - System.currentTimeMillis()));
    }

    private static Goals usedAgain(CallLog log, Stage stage) {
        long healed = stage.at("healed");
        long first = log.only(entry -> entry.node() == stage.number(0) && entry.at() >= healed).entries().stream()
                .mapToLong(CallLog.Entry::at)
                .min()
                .orElse(Long.MAX_VALUE);
        return failed(log, NOTICED).atMost("seconds-until-used-again", (first - healed) / 1000.0, 15);
    }

    private static void killRegistry(Stage stage) throws Exception {
        stage.consul().kill();
        stage.until(60);
    }

    private static void slowOne(Stage stage) throws Exception {
        for (int i = 0; i < Stage.NODES; i++) {
            stage.node(i).tell("delay " + (i == 0 ? 20 : 2));
        }
        stage.until(10);
        stage.mark("learnt");
        stage.until(60);
    }

    private static Goals fewAtSlow(CallLog log, Stage stage) {
        CallLog learnt = log.between(stage.at("learnt"), Long.MAX_VALUE);
        double share = (double) learnt.answeredBy(stage.number(0)) * Stage.NODES / Math.max(1, learnt.sent());
        return failed(log, 0).atMost("part-of-its-share", share, 0.2);
    }

    private static void overload(Stage stage) throws Exception {
        int most = stage.scale().perSecond() / 3;
        stage.rate(most / 2);
        for (int i = 0; i < Stage.NODES; i++) {
            stage.node(i).tell("capacity " + most / Stage.NODES);
        }
        stage.until(5);
        stage.mark("overloaded");
        stage.rate(3 * most);
        stage.until(50);
        stage.mark("relieved");
        stage.rate(most / 2);
        stage.until(60);
        Thread.sleep(3000);
    }

    private static Goals mostDone(CallLog log, Stage stage) {
        long from = stage.at("overloaded");
        long to = stage.at("relieved");
        int ofNode = stage.scale().perSecond() / 3 / Stage.NODES;
        double most = (to - from) / 1000.0 * ofNode * Stage.NODES;
        CallLog good = log.between(from, to).only(entry -> !entry.failed());
        CallLog later = log.between(to + 2000, Long.MAX_VALUE);
        return new Goals()
                .atLeast("goodput-of-maximum", good.sent() / most, 0.9)
                .atMost("failed-after-2-s", later.failed(), 0)
                .fastAtMost("p99-ms-after-2-s", later.millis(0.99), 100);
    }

    private static void blockOne(Stage stage) throws Exception {
        stage.until(10);
        stage.node(0).tell("block " + stage.scale().millis(10));
        stage.until(60);
    }
}
