package dev.vertxmicro.cli.registry;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.descriptor.NodeSources;
import dev.vertxmicro.descriptor.SelectorType;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.launcher.UnhandledExceptions;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import dev.vertxmicro.launcher.overlay.Overlay;
import dev.vertxmicro.launcher.start.ClusterJoining;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A small Vert.x and a registry for the length of one command, and a broker if asked for. */
public final class RegistrySession {
    /** Those that say goodbye for seconds have nothing to say it for: a command registers nothing. */
    private static final long REGISTRY_CLOSE_MILLIS = 300;

    private static final long VERTX_CLOSE_MILLIS = 1000;
    private static final long WRAPPERS_CLOSE_MILLIS = 5000;
    private static final int BAD_REQUEST = 400;
    private static final String REGISTRY = "registry ";
    /** After the first answer; whoever sees that nothing is there waits for it. */
    private static final long PATIENCE_NANOS = Duration.ofMillis(600).toNanos();

    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private final Vertx vertx;
    private final Registry registry;
    private final ServiceDescriptor descriptor;
    private final List<CommandClient> clients = new CopyOnWriteArrayList<>();

    private RegistrySession(Vertx vertx, ServiceDescriptor descriptor, Function<Vertx, Registry> registry) {
        this.vertx = vertx;
        UnhandledExceptions.of(vertx);
        this.registry = registry.apply(vertx);
        this.descriptor = descriptor;
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    /** Reads what flags, environment and file say, and lets the command add to it. */
    public static ServiceDescriptor descriptor(CommandLine line, Optional<String> conf, Consumer<JsonObject> adding) {
        return read(line, conf, adding, UnaryOperator.identity());
    }

    /** As {@link #descriptor}, for a command that calls: of the wrappers those of clients are left. */
    public static ServiceDescriptor calling(CommandLine line, Optional<String> conf, Consumer<JsonObject> adding) {
        return read(line, conf, adding, CommandClient::calling);
    }

    private static ServiceDescriptor read(
            CommandLine line, Optional<String> conf, Consumer<JsonObject> adding, UnaryOperator<JsonObject> own) {
        Overlay overlay = Overlay.of(line, System.getenv());
        ConfigFile file = conf.map(ConfigFile::read).orElse(ConfigFile.NONE);
        try {
            JsonObject json = overlay.over(file.json());
            adding.accept(json);
            ServiceDescriptor whole = ServiceDescriptor.parse(json);
            JsonObject left = own.apply(json);
            return left.equals(json) ? whole : ServiceDescriptor.parse(left);
        } catch (ConfigException e) {
            throw LaunchException.usage(overlay.explain(file.name(), e));
        }
    }

    /**
     * Makes a Vert.x that looks for nothing on the class path: no metrics, no tracing, no cluster manager, no verticle factories.
     * Looking for each reads every jar.
     */
    private static Vertx small() {
        return VertxBootstrap.create()
                .options(options())
                .serviceProviders(List.of())
                .verticleFactories(List.of())
                .executorServiceFactory(RegistrySession::workers)
                .init()
                .vertx();
    }

    private static ExecutorService workers(ThreadFactory threads, Integer concurrency, Integer maxConcurrency) {
        return new ThreadPoolExecutor(
                maxConcurrency, maxConcurrency, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    }

    /** Starts Vert.x, and the registry and broker of the descriptor. */
    public static RegistrySession open(ServiceDescriptor descriptor) {
        return new RegistrySession(small(), descriptor, descriptor.registry());
    }

    /** Opens one that is a member of the cluster, for registries that are asked over the event bus. */
    public static RegistrySession clustered(ServiceDescriptor descriptor, CommandLine line) {
        return new RegistrySession(ClusterJoining.join(line, options()), descriptor, descriptor.registry());
    }

    /** Opens one whose registry is empty and asks nobody. */
    public static RegistrySession withoutRegistry(ServiceDescriptor descriptor) {
        return new RegistrySession(small(), descriptor, vertx -> Registry.inMemory(VertxTimers.of(vertx)));
    }

    /** Gives the Vert.x of this session. */
    public Vertx vertx() {
        return vertx;
    }

    /** Gives the registry. */
    public Registry registry() {
        return registry;
    }

    /** Makes the broker, not connected. */
    public Broker broker() {
        return descriptor.broker().apply(vertx, registry);
    }

    /** Makes a client with the wrappers that there are, which ends with this. */
    public Client client() {
        CommandClient made = new CommandClient(vertx, registry, descriptor);
        clients.add(made);
        return made.client();
    }

    /** Waits for an answer of the registry; none in time, or a failure, is one line that names the registry. */
    <T> T ask(Function<Registry, Future<T>> question, Duration timeout) {
        return answer(REGISTRY + registry.type(), () -> question.apply(registry), timeout);
    }

    /**
     * Asks as {@link #ask} does, and again for a while where nothing is heard of those who may be late: on a busy machine a process that knows
     * something answers later than it is listened for.
     */
    <T> T hear(Function<Registry, Future<T>> question, Predicate<T> nothing, Duration timeout) {
        return heard(ask(question, timeout), nothing, () -> ask(question, timeout));
    }

    /**
     * Finds a service where calls would, which {@code selector} may say; the failure names who was asked. Those who may be late are asked as
     * {@link #hear} does.
     */
    public List<ServiceInfo> find(String service, Duration timeout) {
        NodeSources sources = descriptor.sources();
        String asked = asked(service);
        Supplier<List<ServiceInfo>> question =
                () -> answer(asked, () -> sources.find(vertx, registry, service), timeout);
        List<ServiceInfo> found = question.get();
        return asked.startsWith(REGISTRY) ? heard(found, List::isEmpty, question) : found;
    }

    private <T> T heard(T first, Predicate<T> nothing, Supplier<T> again) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        T heard = first;
        while (nothing.test(heard) && mayBeLate(registry) && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE_NANOS);
            heard = again.get();
        }
        return heard;
    }

    /** Not a server, which knows; nor what is in this process. */
    private static boolean mayBeLate(Registry registry) {
        List<Registry> members = registry.members();
        return members.isEmpty()
                ? !registry.outlivesProcess() && !registry.type().equals("memory")
                : members.stream().anyMatch(RegistrySession::mayBeLate);
    }

    /** Names who is asked for a service. */
    public String asked(String service) {
        SelectorType place = descriptor.sources().placeOf(service);
        return place == SelectorType.CACHE ? REGISTRY + registry.type() : "selector " + place.text();
    }

    /**
     * Asks and waits; none in time, or a failure, is one line that names who was asked. What was typed may be refused by throwing
     * as well as by failing: both are a usage error.
     */
    public static <T> T answer(String who, Supplier<Future<T>> question, Duration timeout) {
        Future<T> asked;
        try {
            asked = Objects.requireNonNull(question.get(), "null for an answer");
        } catch (LaunchException e) {
            throw e;
        } catch (Throwable thrown) { // a component may throw anything; the command must end
            throw refused(who, thrown);
        }
        try {
            return asked.toCompletionStage().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refused(who, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw failed(who, "no answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(who, "interrupted");
        }
    }

    private static LaunchException refused(String who, Throwable why) {
        if (why instanceof IllegalArgumentException) {
            return LaunchException.usage(line(who, String.valueOf(why.getMessage())));
        }
        if (why instanceof MicroException error && error.code() == BAD_REQUEST && !error.remote()) {
            return LaunchException.usage(line(who, error.detail()));
        }
        return failed(who, MicroException.from(who, why).detail());
    }

    private static LaunchException failed(String who, String why) {
        return LaunchException.failed(line(who, why));
    }

    private static String line(String who, String why) {
        String type = who.substring(who.indexOf(' ') + 1) + ": ";
        String reason = why.startsWith(type) ? why.substring(type.length()) : why;
        return who + ": " + reason.replaceAll("\\s*\\R\\s*", " ");
    }

    /** Has the wrappers of its clients say what they have to say still, such as spans; also of a command that fails. */
    void endWrappers() {
        clients.forEach(each -> await(each.close(), WRAPPERS_CLOSE_MILLIS));
        clients.clear();
    }

    /** Ends wrappers, and the threads, for the JVM waits 0.3 s at its end for those that wait in the kernel. */
    public void close() {
        endWrappers();
        await(registry.close(), REGISTRY_CLOSE_MILLIS);
        await(vertx.close(), VERTX_CLOSE_MILLIS);
    }

    private static void await(Future<Void> closed, long millis) {
        closed.otherwiseEmpty()
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
                .join();
    }
}
