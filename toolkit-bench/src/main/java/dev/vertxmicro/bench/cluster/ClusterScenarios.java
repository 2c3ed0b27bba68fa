package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.bench.cluster.ClusterScenario.Where;
import dev.vertxmicro.bench.measure.CallLog;
import dev.vertxmicro.bench.measure.Goals;
import dev.vertxmicro.bench.measure.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The scenarios, with times in seconds of sixty. */
final class ClusterScenarios {
    /** Calls, or messages, that may fail before somebody knows better. */
    private static final int NOTICED = 10;

    private static final int BY_A_CUT = 20;
    private static final int LOG_LINES = 50;
    private static final int MEGABYTES = 150;
    private static final int MANY_CALLS = 30_000;
    private static final double OF_BY_HAND = 0.8;
    private static final double FIRST_ANSWER_SECONDS = 5;
    /** What a cluster takes to remove a member and to merge, at any length of a scenario. */
    private static final long SETTLED_MILLIS = 12_000;

    private static final int STARTS = 3;
    private static final int ROUNDS = 5;

    static final List<ClusterScenario> ALL = all();

    private ClusterScenarios() {}

    private static List<ClusterScenario> all() {
        List<ClusterScenario> all = new ArrayList<>();
        List<Role> nodes = List.of(Role.HANDLER, Role.SERVER, Role.REGISTRY, Role.BROKER);
        for (Role role : nodes) {
            all.add(new ClusterScenario("kill-" + role.word(), Where.ANY, stage -> kill(stage, role, false)));
            all.add(new ClusterScenario("hang-" + role.word(), Where.ANY, stage -> hang(stage, role, false)));
        }
        for (Role role : List.of(Role.HANDLER, Role.SERVER)) {
            all.add(new ClusterScenario(
                    "kill-" + role.word() + "-idempotent", Where.ANY, stage -> kill(stage, role, true)));
            all.add(new ClusterScenario(
                    "hang-" + role.word() + "-idempotent", Where.ANY, stage -> hang(stage, role, true)));
        }
        all.add(new ClusterScenario("cut-handler", Where.APART, ClusterScenarios::cut));
        all.add(new ClusterScenario("rolling-restart", Where.ANY, ClusterScenarios::restartAll));
        all.add(new ClusterScenario("memory", Where.ANY, ClusterScenarios::memory));
        all.add(new ClusterScenario("start", Where.LOOPBACK, ClusterScenarios::start));
        all.add(new ClusterScenario("compare", Where.LOOPBACK, ClusterScenarios::compare));
        return List.copyOf(all);
    }

    /** Finds one. */
    static Optional<ClusterScenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    private static Goals kill(ClusterStage stage, Role role, boolean idempotent) throws Exception {
        stage.startAll();
        stage.begin(idempotent);
        stage.until(10);
        stage.node(role, 0).kill();
        stage.until(30);
        stage.restart(role, 0);
        return ended(stage, role, idempotent ? 0 : NOTICED);
    }

    private static Goals hang(ClusterStage stage, Role role, boolean idempotent) throws Exception {
        stage.startAll();
        stage.begin(idempotent);
        stage.until(10);
        stage.node(role, 0).freeze();
        stage.until(30);
        stage.node(role, 0).thaw();
        return ended(stage, role, idempotent ? 0 : NOTICED);
    }

    private static Goals ended(ClusterStage stage, Role role, int failed) throws Exception {
        long over = System.currentTimeMillis();
        stage.until(60);
        CallLog log = stage.end();
        Goals goals = new Goals().atMost("failed", log.failed(), failed);
        int messagesFailed = messages(stage, goals, 1);
        if (role == Role.BROKER) {
            goals.atMost("messages-failed", messagesFailed, NOTICED);
        }
        return listed(stage, goals, over);
    }

    private static int messages(ClusterStage stage, Goals goals, int takeovers) throws Exception {
        MessageCount count = MessageCount.parse(stage.ask("messages").get(0));
        stage.note(count.text());
        goals.atMost("acknowledged-lost", count.lost(), 0)
                .atMost("twice", count.twice(), takeovers)
                .atMost("refused-delivered", count.refused(), 0);
        return count.failed();
    }

    /** What is listed 30 s later has to answer. */
    private static Goals listed(ClusterStage stage, Goals goals, long over) throws Exception {
        long settled = over + Math.max(SETTLED_MILLIS, stage.scale().millis(30));
        Thread.sleep(Math.max(0, settled - System.currentTimeMillis()));
        List<String> wrong = stage.ask("listed");
        wrong.forEach(stage::note);
        return goals.atMost("stale", wrong.size(), 0);
    }

    private static Goals cut(ClusterStage stage) throws Exception {
        stage.startAll();
        stage.begin(false);
        stage.until(5);
        Map<String, Long> before = stage.logged();
        stage.cut(Role.HANDLER, 0);
        stage.until(45);
        long healed = System.currentTimeMillis();
        stage.heal(Role.HANDLER, 0);
        stage.until(60);
        Thread.sleep(Math.max(0, healed + SETTLED_MILLIS - System.currentTimeMillis()));
        CallLog log = stage.end();
        Goals goals = new Goals()
                .atMost("failed", log.failed(), BY_A_CUT)
                .atMost(
                        "failed-10-s-after-the-heal",
                        log.between(healed + 10_000, Long.MAX_VALUE).failed(),
                        0);
        messages(stage, goals, 1);
        listed(stage, goals, healed);
        long most = 0;
        for (Map.Entry<String, Long> after : stage.logged().entrySet()) {
            long lines = after.getValue() - before.getOrDefault(after.getKey(), 0L);
            stage.note(after.getKey() + " logged " + lines + " lines");
            most = Math.max(most, lines);
        }
        return goals.atMost("log-lines", (double) most, LOG_LINES);
    }

    private static Goals restartAll(ClusterStage stage) throws Exception {
        stage.startAll();
        stage.begin(false);
        List<Role> nodes = List.of(Role.HANDLER, Role.SERVER, Role.REGISTRY, Role.BROKER);
        double each = 60.0 / (nodes.size() * Role.EACH);
        for (int i = 0; i < nodes.size() * Role.EACH; i++) {
            stage.until(each * i);
            Role role = nodes.get(i % nodes.size());
            stage.node(role, i / nodes.size()).stop();
            stage.restart(role, i / nodes.size());
            Thread.sleep(500); // as long as whoever rolls a restart looks at the new one, at least
        }
        long over = System.currentTimeMillis();
        stage.until(60);
        Goals goals = new Goals().atMost("failed", stage.end().failed(), 0);
        int failed = messages(stage, goals, Role.EACH);
        return listed(stage, goals.atMost("messages-failed", failed, 0), over);
    }

    private static Goals memory(ClusterStage stage) throws Exception {
        stage.startAll();
        stage.ask("start " + stage.scale().perSecond() + " false");
        stage.ask("warm " + MANY_CALLS);
        stage.end();
        Goals goals = new Goals().atMost("megabytes-of-a-node", (double) stage.mostMegabytes(), MEGABYTES);
        messages(stage, goals, 0);
        return goals;
    }

    private static Goals start(ClusterStage stage) throws Exception {
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long begun = System.nanoTime();
            stage.launch(Role.HANDLER, 0);
            stage.launch(Role.SERVER, 0);
            seconds[i] = FirstAnswer.since(begun, stage.address(Role.SERVER, 0));
            stage.node(Role.HANDLER, 0).kill();
            stage.node(Role.SERVER, 0).kill();
        }
        return new Goals().fastAtMost("seconds-to-the-first-answer", Median.of(seconds), FIRST_ANSWER_SECONDS);
    }

    private static Goals compare(ClusterStage stage) throws Exception {
        List<Role> roles = List.of(Role.HANDLER, Role.SERVER, Role.BY_HAND, Role.CLIENT);
        for (Role role : roles) {
            stage.start(role, 0);
        }
        for (Role role : roles) {
            stage.await(role, 0);
        }
        long window = Math.max(200, stage.scale().millis(3));
        String servers = stage.address(Role.BY_HAND, 0) + " " + stage.address(Role.SERVER, 0);
        Goals goals = new Goals();
        for (String line : stage.ask("compare " + servers + " " + window + " " + ROUNDS)) {
            String[] words = line.split(" ", -1);
            double bare = Double.parseDouble(words[1]);
            double byHand = Double.parseDouble(words[2]);
            double ours = Double.parseDouble(words[3]);
            stage.note(String.format(
                    Locale.ROOT,
                    "%s callers: %.0f calls/s by the bare bus, %.0f through a server by hand (%.2f of it), %.0f through"
                            + " ServerVerticle (%.2f)",
                    words[0],
                    bare,
                    byHand,
                    byHand / bare,
                    ours,
                    ours / bare));
            goals.fastAtLeast("of-by-hand-at-" + words[0], ours / byHand, OF_BY_HAND);
        }
        return goals;
    }
}
