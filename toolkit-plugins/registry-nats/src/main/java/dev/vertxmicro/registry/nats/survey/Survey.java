package dev.vertxmicro.registry.nats.survey;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.nats.link.NatsLink;
import dev.vertxmicro.registry.nats.link.NatsTraffic;
import dev.vertxmicro.registry.nats.link.RoundTrips;
import dev.vertxmicro.registry.nats.nodes.NatsBackend;
import dev.vertxmicro.registry.nats.nodes.OwnNodes;
import dev.vertxmicro.registry.nats.nodes.ToldNode;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.nats.client.Message;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Asks all who have nodes, and answers for those of this process. NatsAnswers are collected for as long again as the server took to take the
 * question, so that a slow network gives no fewer. Confined to one context.
 */
public final class Survey implements NatsBackend {
    private static final RareWarning STRANGE = RareWarning.of(System.getLogger(Survey.class.getName()));
    private static final String SUFFIX = "answer.";
    private static final int MOST_QUESTIONS = 1000;

    private final NatsLink link;
    private final NatsTraffic traffic;
    private final Timers timers;
    private final SurveySettings settings;
    private final RoundTrips trips;
    private final OwnNodes own;
    private final DepartedNodes departed = new DepartedNodes();
    private final Map<String, Consumer<ToldNode>> questions = new HashMap<>();
    private final Set<Feed> feeds = new LinkedHashSet<>();
    private long number;

    /**
     * Asks nothing yet.
     *
     * @param link     has the connection
     * @param trips    of it
     * @param timers   the clock
     * @param settings how
     * @param own      nodes of this process
     */
    public Survey(NatsLink link, RoundTrips trips, Timers timers, SurveySettings settings, OwnNodes own) {
        this.link = link;
        this.traffic = link.traffic();
        this.trips = trips;
        this.timers = timers;
        this.settings = settings;
        this.own = own;
        traffic.listen(traffic.inbox(SUFFIX + "*"), this::answered);
    }

    @Override
    public Future<Void> ask(Optional<String> name, Consumer<ToldNode> each) {
        if (questions.size() >= MOST_QUESTIONS) {
            return Future.failedFuture(traffic.unreachable("more than " + MOST_QUESTIONS + " questions at once"));
        }
        String reply = traffic.inbox(SUFFIX + ++number);
        questions.put(reply, told -> {
            if (name.isEmpty() || name.get().equals(told.service().name())) {
                each.accept(told);
            }
        });
        return link.connected()
                .compose(connected -> traffic.publish(settings.queryTopic(), reply, SurveyJson.query(name)))
                .compose(asked -> trips.send())
                .compose(this::collected)
                .onComplete(done -> questions.remove(reply));
    }

    private Future<Void> collected(Duration trip) {
        Promise<Void> over = Promise.promise();
        Duration slow = trip.plus(trip.dividedBy(2));
        timers.schedule(slow.compareTo(settings.collect()) > 0 ? slow : settings.collect(), over::complete);
        return over.future();
    }

    private void answered(Message message) {
        Consumer<ToldNode> question = questions.get(message.getSubject());
        if (question == null || message.isStatusMessage()) {
            return; // too late, or the server says that nobody listens
        }
        Optional<ToldNode> told = SurveyJson.readAnswer(message.getData());
        if (told.isEmpty()) {
            strange(message);
            return;
        }
        ServiceInfo service = departed.without(told.get().service());
        if (!service.nodes().isEmpty()) {
            question.accept(new ToldNode(service, told.get().ttl()));
        }
    }

    private static void strange(Message message) {
        STRANGE.warn("nats: what came to " + message.getSubject() + " is none of a registry's");
    }

    @Override
    public Future<Runnable> follow(Optional<String> name, Feed feed) {
        feeds.add(feed);
        traffic.listen(settings.watchTopic(), this::changed);
        return link.connected()
                .compose(connected -> trips.send())
                .<Runnable>map(listening -> () -> left(feed))
                .onFailure(failure -> left(feed));
    }

    private void left(Feed feed) {
        feeds.remove(feed);
        if (feeds.isEmpty()) {
            traffic.ignore(settings.watchTopic());
        }
    }

    private void changed(Message message) {
        Optional<SurveyJson.Result> result = SurveyJson.readResult(message.getData());
        Optional<ToldNode> told = result.flatMap(SurveyJson.Result::service)
                .filter(each -> !each.service().name().isEmpty());
        if (told.isEmpty()) {
            strange(message);
            return;
        }
        ServiceInfo service = told.get().service();
        switch (result.get().action()) {
            case "create", "update" -> {
                departed.came(service);
                List.copyOf(feeds).forEach(feed -> feed.told(told.get()));
            }
            case "delete" -> {
                departed.left(service);
                List.copyOf(feeds).forEach(feed -> feed.gone(service));
            }
            default -> strange(message);
        }
    }

    @Override
    public Future<Void> announce(ToldNode node) {
        traffic.listen(settings.queryTopic(), this::asked);
        return tell("create", node);
    }

    private Future<Void> tell(String action, ToldNode node) {
        return link.connected()
                .compose(connected -> traffic.publish(settings.watchTopic(), "", SurveyJson.change(action, node)))
                .compose(told -> trips.send())
                .mapEmpty();
    }

    private void asked(Message message) {
        String reply = message.getReplyTo();
        Optional<SurveyJson.Result> query = SurveyJson.readResult(message.getData());
        if (reply == null || reply.isEmpty() || query.isEmpty()) {
            strange(message);
            return;
        }
        Optional<String> name = query.get().service().map(told -> told.service().name());
        boolean all = query.get().action().equals("list");
        if (!all && !query.get().action().equals("get")) {
            strange(message);
            return;
        }
        own.all().stream()
                .filter(told -> all || name.equals(Optional.of(told.service().name())))
                .forEach(told -> traffic.publish(reply, "", SurveyJson.answer(told)));
    }

    @Override
    public Future<Void> withdraw(ServiceInfo single) {
        return tell("delete", new ToldNode(single, Duration.ZERO));
    }

    @Override
    public void again() {
        // jnats has subscribed anew
    }

    @Override
    public void stop() {
        // nothing does
    }
}
