package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.AdvertisedAddress;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One peer in a process of its own; starts with a line, ends with its input. {@code serve NAME ADDRESS TTL-SECONDS} registers,
 * {@code answer NAME} registers and answers calls, {@code watch} prints changes; a line {@code get NAME}, {@code list} or
 * {@code call NAME} is then answered with one.
 */
final class MdnsProbe {
    private static final String HELLO = "hello";

    private final MdnsRegistry registry;
    private final Transport transport;

    private MdnsProbe(Vertx vertx) {
        registry = MdnsRegistry.create(vertx, MdnsOptions.DEFAULTS.withInterfaceCheck(Duration.ofMillis(100)));
        transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS);
    }

    public static void main(String[] args) throws IOException {
        Vertx vertx = Vertx.vertx();
        MdnsProbe probe = new MdnsProbe(vertx);
        line();
        switch (args[0]) {
            case "serve" -> say(probe.serve(args[1], args[2], Long.parseLong(args[3])), "registered");
            case "answer" -> say(probe.answer(args[1]), "registered");
            default -> say(probe.registry.watch(MdnsProbe::print), "watching");
        }
        for (String line = line(); !line.isEmpty(); line = line()) {
            probe.ask(line.split(" "));
        }
        Future<Void> closed = probe.registry.close();
        say(closed, "closed");
        closed.onComplete(done -> vertx.close());
    }

    /** Reads a line byte by byte: nothing is read ahead. Empty at the end. */
    private static String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = System.in.read(); next >= 0 && next != '\n'; next = System.in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private Future<Void> serve(String name, String address, long ttl) {
        Node node = new Node(name + "-1", AdvertisedAddress.of(address), Map.of("protocol", "mucp"));
        ServiceInfo service = new ServiceInfo(name, "1", Map.of(), List.of(), List.of(node));
        return registry.register(service, Duration.ofSeconds(ttl));
    }

    private Future<Void> answer(String name) {
        Listener listener = transport.listener(":0");
        listener.onRequest((request, peer, cancellation) ->
                Future.succeededFuture(new Message(Metadata.EMPTY, Buffer.buffer(HELLO + " " + request.body()))));
        return listener.listen().compose(address -> serve(name, address, 60));
    }

    private void ask(String[] words) {
        switch (words[0]) {
            case "get" ->
                registry.get(words[1]).onComplete(found -> System.out.println("got " + addresses(found.result())));
            case "list" -> registry.list().onComplete(found -> System.out.println("listed " + found.result()));
            default ->
                registry.get(words[1])
                        .compose(found -> transport.request(
                                addresses(found).get(0),
                                new Message(Metadata.of("Micro-Endpoint", "A.B"), Buffer.buffer("you")),
                                CallContext.create()))
                        .onComplete(reply -> System.out.println(
                                reply.succeeded() ? reply.result().body().toString() : "failed " + reply.cause()));
        }
    }

    private static List<String> addresses(List<ServiceInfo> services) {
        return services.stream()
                .flatMap(service -> service.nodes().stream())
                .map(Node::address)
                .toList();
    }

    private static void print(RegistryChange change) {
        System.out.println(
                change.action() + " " + change.service().nodes().get(0).address());
    }

    private static void say(Future<?> done, String word) {
        done.onComplete(result -> System.out.println(result.succeeded() ? word : "failed " + result.cause()));
    }
}
