package dev.vertxmicro.kotlin

import dev.vertxmicro.broker.Broker
import dev.vertxmicro.broker.Topic
import dev.vertxmicro.client.CallOptions
import dev.vertxmicro.client.Client
import dev.vertxmicro.client.ClientOptions
import dev.vertxmicro.client.ClientParts
import dev.vertxmicro.client.ClientStream
import dev.vertxmicro.client.Request
import dev.vertxmicro.client.Response
import dev.vertxmicro.codec.Codecs
import dev.vertxmicro.error.MicroException
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.message.Endpoint
import dev.vertxmicro.registry.Registry
import dev.vertxmicro.selector.Selector
import dev.vertxmicro.selector.SelectorOptions
import dev.vertxmicro.selector.SelectorParts
import dev.vertxmicro.server.Invoker
import dev.vertxmicro.server.Server
import dev.vertxmicro.server.ServerOptions
import dev.vertxmicro.server.ServerParts
import dev.vertxmicro.server.ServerStream
import dev.vertxmicro.time.Timers
import dev.vertxmicro.transport.Transport
import io.vertx.core.Future
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.util.SplittableRandom

/** Interceptors that suspend see calls, streams and messages on both sides. */
class CoroutineInterceptorsTest {
    private val hello = Endpoint.unary("Greeter.Hello", String::class.java, String::class.java)
    private val chat =
        Endpoint("Greeter.Chat", String::class.java, String::class.java, Endpoint.Kind.BIDIRECTIONAL, false)
    private val news = Topic.of("news", String::class.java)
    private val timers = Timers.manual()
    private val transport = Transport.inMemory(timers)
    private val broker = Broker.inMemory(timers)
    private val registry = Registry.inMemory(timers)
    private val seen = mutableListOf<String>()
    private val json = CallOptions.DEFAULTS.withContentType("application/json").withAddresses("127.0.0.1:9")

    private inner class SeeingServer : CoroutineServerInterceptor() {
        override suspend fun <Q : Any, R : Any> call(
            endpoint: Endpoint<Q, R>,
            request: Q,
            context: CallContext,
            next: suspend (Q, CallContext) -> R,
        ): R {
            seen += "serves ${endpoint.name()}"
            if (request == "stranger") throw MicroException.of("greeter", 401, "who are you")
            return next(request, context).also { seen += "served $it" }
        }

        override suspend fun <Q : Any, R : Any> stream(
            endpoint: Endpoint<Q, R>,
            stream: ServerStream<Q, R>,
            context: CallContext,
            next: suspend (ServerStream<Q, R>, CallContext) -> Unit,
        ) {
            seen += "streams ${endpoint.name()}"
            next(stream, context)
            seen += "streamed"
        }

        override suspend fun <M : Any> message(
            topic: Topic<M>,
            message: M,
            context: CallContext,
            next: suspend (M, CallContext) -> Unit,
        ) {
            seen += "takes ${topic.name()}"
            next(message, context)
        }
    }

    private inner class SeeingClient : CoroutineClientInterceptor() {
        override suspend fun <Q : Any, R : Any> call(
            context: CallContext,
            request: Request<Q, R>,
            next: suspend (CallContext, Request<Q, R>) -> Response<R>,
        ): Response<R> {
            seen += "calls ${request.endpoint().name()}"
            return next(context, request)
        }

        override suspend fun <Q : Any, R : Any> stream(
            context: CallContext,
            request: Request<Q, R>,
            next: suspend (CallContext, Request<Q, R>) -> ClientStream<Q, R>,
        ): ClientStream<Q, R> {
            seen += "opens ${request.endpoint().name()}"
            return next(context, request)
        }

        override suspend fun <T : Any> publish(
            context: CallContext,
            topic: Topic<T>,
            payload: T,
            next: suspend (CallContext, Topic<T>, T) -> Unit,
        ) {
            seen += "publishes ${topic.name()}"
            next(context, topic, payload)
        }
    }

    private val server: Server =
        Server
            .create(
                ServerOptions.defaults().withName("greeter").withAddress("127.0.0.1:9"),
                ServerParts(
                    transport,
                    Codecs.standard(),
                    registry,
                    broker,
                    timers,
                    Invoker.direct(),
                    { it },
                    listOf(SeeingServer()),
                ),
            ).handleSuspending(hello) { "hello $it" }
            .handleStream(chat) { stream, _ ->
                stream.onMessage { stream.send(it) }
                stream.ended()
            }.subscribe(news, { _, _ -> Future.succeededFuture() })

    private val client: Client =
        Client.create(
            ClientOptions.DEFAULTS,
            ClientParts(
                transport,
                Codecs.standard(),
                Selector.caching(
                    SelectorOptions.DEFAULTS,
                    SelectorParts(registry, timers, SplittableRandom(1), transport::probe),
                ),
                broker,
                timers,
                listOf(SeeingClient()),
            ),
        )

    init {
        check(server.start().succeeded())
    }

    @Test
    fun `see calls and may refuse them`() {
        val answer = client.call(Request.of("greeter", hello, "davie").withOptions(json))
        assertThat(answer.result()).isEqualTo("hello davie")
        val refused = client.call(Request.of("greeter", hello, "stranger").withOptions(json))
        assertThat((refused.cause() as MicroException).code()).isEqualTo(401)
        assertThat(seen).containsExactly(
            "calls Greeter.Hello",
            "serves Greeter.Hello",
            "served hello davie",
            "calls Greeter.Hello",
            "serves Greeter.Hello",
        )
    }

    @Test
    fun `see streams from their opening to their end`() {
        val stream = client.stream(CallContext.create(), Request.of("greeter", chat, "").withOptions(json)).result()
        val heard = mutableListOf<String>()
        stream.onMessage { heard += it }
        stream.send("hi")
        stream.end()
        assertThat(stream.ended().succeeded()).isTrue()
        assertThat(heard).containsExactly("hi")
        assertThat(seen).containsExactly("opens Greeter.Chat", "streams Greeter.Chat", "streamed")
    }

    @Test
    fun `see messages on both sides`() {
        client.publish(CallContext.create(), news.withContentType("application/json"), "rain")
        assertThat(seen).containsExactly("publishes news", "takes news")
    }
}
