package dev.vertxmicro.registry.multi;

import dev.vertxmicro.engine.Confinement;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryTraits;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Several registries at once: what is registered is registered in each, what is looked up or watched is what any of them knows. A node is
 * known by its id; of one that two of them know, what the first says holds.
 *
 * <p>A write succeeds where one of them takes it; what another one fails with is a line of the log, and the next renewal tries it there
 * again. A look-up that finds nothing fails where one of them could not be asked, as it might know. It fails with 400 where all refuse, else
 * with 500 where all fail, saying what each says; with 500 after {@link #close}, which closes them too. None holds the others up for longer
 * than the patience. May be used from any thread; callbacks run on the context of the caller.
 */
public final class MultiRegistry implements Registry {
    /** Name of the type. */
    static final String TYPE = "multi";

    /** Of failures. */
    static final String ID = "go.micro.registry";

    private final MultiRegistryOptions options;
    private final Timers timers;
    private final Confinement confinement;
    private final List<Member> members;
    // Confined.
    private final Map<Optional<String>, MergedWatch> watches = new HashMap<>();

    private MultiRegistry(Vertx vertx, MultiRegistryOptions options, List<Registry> registries) {
        this.options = options;
        timers = VertxTimers.of(vertx);
        confinement = Confinement.onOwnContext(vertx, timers, ID, "registry is closed");
        List<Member> all = new ArrayList<>();
        for (int i = 0; i < registries.size(); i++) {
            String name = options.registries().get(i);
            all.add(new Member(name, registries.get(i), !options.readOnly().contains(name), timers));
        }
        members = List.copyOf(all);
    }

    /**
     * Makes a registry of others, which are its own from now on.
     *
     * @param vertx      has the contexts that callbacks run on
     * @param options    settings; {@code registries} are the names of the others
     * @param registries the others, in that order
     * @return the registry
     * @throws IllegalArgumentException if there are more or fewer of them than names
     */
    public static MultiRegistry create(Vertx vertx, MultiRegistryOptions options, List<Registry> registries) {
        if (registries.size() != options.registries().size()) {
            throw new IllegalArgumentException("registries: " + registries.size() + " (expected: "
                    + options.registries().size() + ", " + String.join(", ", options.registries()) + ")");
        }
        return new MultiRegistry(vertx, options, registries);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<Registry> members() {
        return members.stream().map(Member::registry).toList();
    }

    /** What each can do, all of them can; any address, though, need be taken by one only of those that are written to. */
    @Override
    public RegistryTraits traits() {
        List<RegistryTraits> all =
                members.stream().map(member -> member.registry().traits()).toList();
        return new RegistryTraits(
                writers().stream().anyMatch(member -> member.registry().traits().anyAddress()),
                all.stream().allMatch(RegistryTraits::ttlPerNode),
                all.stream().allMatch(RegistryTraits::everyChange),
                longest(all.stream().map(RegistryTraits::visibleWithin)),
                longest(all.stream().map(RegistryTraits::goneWithin)));
    }

    @Override
    public Duration noticePeriod() {
        return longest(members.stream().map(member -> member.registry().noticePeriod()));
    }

    /** What any keeps is kept. */
    @Override
    public boolean outlivesProcess() {
        return writers().stream().anyMatch(member -> member.registry().outlivesProcess());
    }

    private static Duration longest(Stream<Duration> all) {
        return all.max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private List<Member> writers() {
        return members.stream().filter(Member::writable).toList();
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        if (service.nodes().isEmpty()) {
            return confinement.call(() -> refused("nodes: none (expected: >= 1)"));
        }
        return write(member -> member.register(service, ttl));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return write(member -> member.deregister(service));
    }

    private Future<Void> write(Function<Member, Future<Void>> what) {
        return confinement.call(() -> {
            List<Member> writers = writers();
            if (writers.isEmpty()) {
                return refused("multi: all of " + String.join(", ", options.registries())
                        + " are read only (expected: one that is not in registry.multi.readOnly)");
            }
            return Answers.<Void>of(timers, options.patience(), writers, done -> true, what)
                    .compose(answers ->
                            answers.anySucceeded() ? Future.succeededFuture() : Future.failedFuture(answers.failure()));
        });
    }

    private static <T> Future<T> refused(String detail) {
        return Future.failedFuture(MicroException.badRequest(ID, detail).withoutStackTrace());
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return confinement.call(() -> read(
                        "looked for " + name, member -> member.registry().get(name))
                .compose(answers -> {
                    List<List<ServiceInfo>> known = new ArrayList<>();
                    for (int i = 0; i < members.size(); i++) {
                        Future<List<ServiceInfo>> answer = answers.futures().get(i);
                        known.add(answer.succeeded() ? answer.result() : remembered(members.get(i), name));
                    }
                    return certain(Precedence.merged(known), answers);
                }));
    }

    /** What one that cannot be asked told those who watch. */
    private List<ServiceInfo> remembered(Member member, String name) {
        return Stream.of(Optional.of(name), Optional.<String>empty())
                .flatMap(key -> Optional.ofNullable(watches.get(key)).stream())
                .map(watch -> watch.known(member, name))
                .filter(versions -> !versions.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    @Override
    public Future<List<String>> list() {
        return confinement.call(
                () -> read("services listed", member -> member.registry().list())
                        .compose(answers -> {
                            TreeSet<String> names = new TreeSet<>();
                            answers.futures().stream()
                                    .filter(Future::succeeded)
                                    .forEach(answer -> names.addAll(answer.result()));
                            return certain(List.copyOf(names), answers);
                        }));
    }

    private <T extends Collection<?>> Future<Answers<T>> read(String what, Function<Member, Future<T>> question) {
        return Answers.<T>of(
                        timers,
                        options.patience(),
                        members,
                        found -> !found.isEmpty(),
                        member -> member.ask(() -> question.apply(member)))
                .onSuccess(answers -> {
                    for (int i = 0; i < members.size(); i++) {
                        Future<T> answer = answers.futures().get(i);
                        if (answer.failed() && !Member.refused(answer.cause())) {
                            members.get(i).unread(what, answer.cause());
                        }
                    }
                });
    }

    /** Nothing is nothing only where each could say so; who refuses has nothing to say. */
    private static <T extends Collection<?>> Future<T> certain(T found, Answers<?> answers) {
        boolean unsure = answers.futures().stream().anyMatch(each -> each.failed() && !Member.refused(each.cause()));
        return found.isEmpty() && (unsure || !answers.anySucceeded())
                ? Future.failedFuture(answers.failure())
                : Future.succeededFuture(found);
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return watch(Optional.empty(), handler, merged -> {});
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        return watch(Optional.of(name), handler, merged -> {});
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler, Handler<List<ServiceInfo>> soFar) {
        Executor context = timers.callerContext();
        return watch(Optional.of(name), handler, merged -> merged.whileBeginning(soFar, context));
    }

    private Future<Watch> watch(
            Optional<String> name, Handler<RegistryChange> handler, Consumer<MergedWatch> whileBeginning) {
        Watcher watcher = new Watcher(handler, timers.callerContext());
        return confinement.call(() -> {
            MergedWatch merged = watches.get(name);
            if (merged == null) {
                merged = new MergedWatch(members, name, timers, options.patience(), () -> end(name));
                watches.put(name, merged);
            }
            MergedWatch shared = merged;
            whileBeginning.accept(shared);
            return shared.ready().transform(ready -> {
                if (ready.failed()) {
                    shared.close();
                    watches.remove(name, shared);
                    return Future.failedFuture(ready.cause());
                }
                shared.add(watcher);
                return Future.succeededFuture(shared.watch(watcher, confinement::run));
            });
        });
    }

    private void end(Optional<String> name) {
        MergedWatch ended = watches.remove(name);
        if (ended != null) {
            ended.close();
        }
    }

    @Override
    public Future<Void> close() {
        return confinement.close(() -> {
            watches.values().forEach(MergedWatch::close);
            watches.clear();
            List<Future<Void>> closed = new ArrayList<>();
            members.forEach(
                    member -> closed.add(member.ask(() -> member.registry().close())
                            .onFailure(failure -> member.unread("closed", failure))));
            return Future.join(closed).<Void>mapEmpty().otherwiseEmpty();
        });
    }
}
