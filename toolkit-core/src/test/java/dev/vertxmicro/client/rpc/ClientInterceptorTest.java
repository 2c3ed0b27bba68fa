package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.ForwardingClientStream;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Interceptors of a client see streams as they see calls, and those of attempts see each node. */
class ClientInterceptorTest {
    private final ManualTimers timers = Timers.manual();
    private final List<String> seen = new ArrayList<>();
    private final List<Socket> served = new ArrayList<>();

    /** Writes down what it sees. */
    private record Seeing(String name, List<String> seen) implements ClientInterceptor {
        @Override
        public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
            seen.add(name + " call");
            return next.exchange(context, request);
        }

        @Override
        public <Q, R> Future<ClientStream<Q, R>> interceptStream(
                CallContext context, Request<Q, R> request, Opening next) {
            seen.add(name + " " + request.endpoint().name());
            return next.open(context.withMetadata("Seen-By", name), request)
                    .map(stream -> new SeenStream<>(stream, seen));
        }

        @Override
        public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
            seen.add(name + " message");
            return next.publish(context, topic, payload);
        }
    }

    private static final class SeenStream<Q, R> extends ForwardingClientStream<Q, R> {
        private final List<String> seen;

        SeenStream(ClientStream<Q, R> next, List<String> seen) {
            super(next);
            this.seen = seen;
            next.ended().onComplete(ended -> seen.add("ended"));
        }

        @Override
        public Future<Void> send(Q message) {
            seen.add("out");
            return super.send(message);
        }

        @Override
        public ClientStream<Q, R> onMessage(Handler<R> handler) {
            super.onMessage(message -> {
                seen.add("in");
                handler.handle(message);
            });
            return this;
        }
    }

    private Client client(
            Transport transport,
            String address,
            List<ClientInterceptor> interceptors,
            List<AttemptInterceptor> attempts) {
        return Client.create(
                ClientOptions.DEFAULTS.withRetries(1),
                new ClientParts(
                        transport,
                        Codecs.standard(),
                        new OneNode(address, outcome -> {}, outcome -> {}),
                        Broker.inMemory(timers),
                        timers,
                        interceptors,
                        attempts));
    }

    /** Takes streams; gives its address. */
    private String listening(Transport transport) {
        return transport
                .listener("127.0.0.1:0")
                .onStream((first, socket, peer) -> served.add(socket))
                .listen()
                .result();
    }

    private static Request<StringValue, StringValue> chat() {
        return Request.of("greeter", OneNode.CHAT, StringValue.of("davie"));
    }

    private static Message message(String text) {
        return new Message(
                Metadata.of(Headers.CONTENT_TYPE, "application/protobuf"),
                Codec.protobuf().encode(StringValue.of(text)));
    }

    @Test
    void seeStreamsWithTheirMessagesAndTheirEnd() {
        Transport transport = Transport.inMemory(timers);
        List<String> openedBy = new ArrayList<>();
        String address = transport
                .listener("127.0.0.1:0")
                .onStream((first, socket, peer) -> {
                    openedBy.addAll(first.headers().all("Seen-By"));
                    served.add(socket);
                })
                .listen()
                .result();
        ClientStream<StringValue, StringValue> stream =
                client(transport, address, List.of(new Seeing("outer", seen), new Seeing("inner", seen)), List.of())
                        .stream(CallContext.create(), chat())
                        .result();
        stream.onMessage(message -> seen.add(message.getValue()));
        stream.send(StringValue.of("hi"));
        served.get(0).send(message("hello"));
        served.get(0).end(Metadata.EMPTY);
        assertThat(seen)
                .containsExactly(
                        "outer Greeter.Chat",
                        "inner Greeter.Chat",
                        "out",
                        "out",
                        "in",
                        "in",
                        "hello",
                        "ended",
                        "ended");
        assertThat(openedBy).containsExactly("inner");
    }

    @Test
    void mayKeepAStreamFromBeingOpened() {
        MicroException no = MicroException.of("test", 429, "enough");
        ClientInterceptor refusing = new ClientInterceptor.OfStreams() {
            @Override
            public <Q, R> Future<ClientStream<Q, R>> interceptStream(
                    CallContext context, Request<Q, R> request, Opening next) {
                throw no;
            }
        };
        ScriptedTransport transport = new ScriptedTransport();
        Client client = client(transport, "a:1", List.of(refusing), List.of());
        assertThat(client.stream(CallContext.create(), chat()).cause()).isEqualTo(no);
        assertThat(client.close().succeeded()).isTrue();
    }

    @Test
    void aStreamThatAnInterceptorForgetsIsCancelled() {
        Transport transport = Transport.inMemory(timers);
        String address = listening(transport);
        ClientInterceptor forgetful = new ClientInterceptor.OfStreams() {
            @Override
            public <Q, R> Future<ClientStream<Q, R>> interceptStream(
                    CallContext context, Request<Q, R> request, Opening next) {
                return next.open(context, request).compose(stream -> Future.failedFuture("changed my mind"));
            }
        };
        Client client = client(transport, address, List.of(forgetful), List.of());
        assertThat(client.stream(CallContext.create(), chat()).failed()).isTrue();
        assertThat(served.get(0).closed().failed()).isTrue();
        assertThat(client.close().succeeded()).isTrue();
    }

    @Test
    void aStreamThatComesAfterItsInterceptorFailedIsCancelled() {
        Transport transport = Transport.inMemory(timers);
        String address = listening(transport);
        Promise<Void> late = Promise.promise();
        ClientInterceptor slow = new ClientInterceptor.OfStreams() {
            @Override
            public <Q, R> Future<ClientStream<Q, R>> interceptStream(
                    CallContext context, Request<Q, R> request, Opening next) {
                return late.future().compose(now -> next.open(context, request));
            }
        };
        ClientInterceptor impatient = new ClientInterceptor.OfStreams() {
            @Override
            public <Q, R> Future<ClientStream<Q, R>> interceptStream(
                    CallContext context, Request<Q, R> request, Opening next) {
                next.open(context, request);
                return Future.failedFuture("too late");
            }
        };
        Client client = client(transport, address, List.of(impatient, slow), List.of());
        assertThat(client.stream(CallContext.create(), chat()).failed()).isTrue();
        late.complete();
        assertThat(served.get(0).closed().failed()).isTrue();
        assertThat(client.close().succeeded()).isTrue();
    }

    @Test
    void aStreamThatAnInterceptorOfAttemptsForgetsIsReset() {
        Transport transport = Transport.inMemory(timers);
        String address = listening(transport);
        AttemptInterceptor forgetful = new AttemptInterceptor() {
            @Override
            public <T> Future<T> intercept(
                    NodeAttempt attempt, CallContext context, Function<CallContext, Future<T>> next) {
                return next.apply(context).compose(given -> Future.failedFuture("changed my mind"));
            }
        };
        Client client = client(transport, address, List.of(), List.of(forgetful));
        assertThat(client.stream(CallContext.create(), chat()).failed()).isTrue();
        assertThat(served.get(0).closed().failed()).isTrue();
    }

    @Test
    void anInterceptorThatGivesNoStreamFailsTheOpening() {
        ClientInterceptor odd = new ClientInterceptor.OfStreams() {
            @Override
            @SuppressWarnings("NullAway") // that is what is tried
            public <Q, R> Future<ClientStream<Q, R>> interceptStream(
                    CallContext context, Request<Q, R> request, Opening next) {
                return Future.succeededFuture(null);
            }
        };
        Client client = client(new ScriptedTransport(), "a:1", List.of(odd), List.of());
        assertThat(client.stream(CallContext.create(), chat()).cause())
                .hasMessageContaining("interceptor gave null (expected: a stream)");
    }

    @Test
    void attemptsAreSeenOneByOneAndMayAddToWhatIsSent() {
        AttemptInterceptor attempts = new AttemptInterceptor() {
            @Override
            public <T> Future<T> intercept(
                    NodeAttempt attempt, CallContext context, Function<CallContext, Future<T>> next) {
                seen.add(attempt.number() + " " + attempt.service() + " "
                        + attempt.node().address());
                return next.apply(context.withMetadata("Attempt", String.valueOf(attempt.number())));
            }
        };
        ScriptedTransport transport = new ScriptedTransport();
        Request<StringValue, StringValue> hello = Request.of(
                "greeter",
                Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class),
                StringValue.of("davie"));
        client(transport, "a:1", List.of(), List.of(attempts))
                .call(CallContext.create().withMetadata("Tenant", "blue"), hello);
        assertThat(transport.last().message().headers().value("Attempt", "")).isEqualTo("0");
        assertThat(transport.last().message().headers().all("Tenant")).containsExactly("blue");
        transport
                .last()
                .answer()
                .fail(MicroException.internal("go.micro.client", "connection error")
                        .asRetryable());
        timers.advance(Duration.ofSeconds(1));
        assertThat(transport.last().message().headers().all("Attempt")).containsExactly("1");
        assertThat(seen).containsExactly("0 greeter a:1", "1 greeter a:1");
    }
}
