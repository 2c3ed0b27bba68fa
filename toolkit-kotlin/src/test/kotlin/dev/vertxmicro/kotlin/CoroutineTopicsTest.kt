package dev.vertxmicro.kotlin

import dev.vertxmicro.broker.Broker
import dev.vertxmicro.broker.DeliveryHandler
import dev.vertxmicro.broker.SubscribeOptions
import dev.vertxmicro.broker.Subscription
import dev.vertxmicro.broker.Topic
import dev.vertxmicro.client.Client
import dev.vertxmicro.client.ClientOptions
import dev.vertxmicro.client.ClientParts
import dev.vertxmicro.engine.VertxTimers
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.registry.Registry
import dev.vertxmicro.selector.Selector
import dev.vertxmicro.selector.SelectorOptions
import dev.vertxmicro.selector.SelectorParts
import dev.vertxmicro.server.Server
import dev.vertxmicro.server.ServerOptions
import dev.vertxmicro.server.ServerParts
import dev.vertxmicro.transport.Transport
import io.vertx.core.Future
import io.vertx.core.Vertx
import io.vertx.junit5.VertxExtension
import io.vertx.kotlin.coroutines.coAwait
import io.vertx.kotlin.coroutines.dispatcher
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.extension.ExtendWith
import pb.Helloworld.HelloRequest
import java.time.Duration
import java.util.SplittableRandom

@Timeout(30)
@ExtendWith(VertxExtension::class)
class CoroutineTopicsTest {
    private val topic = Topic.of("hellos", HelloRequest::class.java)
    private val soon = SubscribeOptions.DEFAULTS.withRedelivery(Duration.ofMillis(1), Duration.ofMillis(1))

    /** Tells when a subscription is in force: what is published before is gone. */
    private class Telling(private val broker: Broker, private val subscribed: Channel<Unit>) : Broker by broker {
        override fun subscribe(
            topic: String,
            handler: DeliveryHandler,
            options: SubscribeOptions,
        ): Future<Subscription> = broker.subscribe(topic, handler, options).onSuccess { subscribed.trySend(Unit) }
    }

    private class Node(vertx: Vertx) {
        private val timers = VertxTimers.of(vertx)
        private val transport = Transport.inMemory(timers)
        private val registry = Registry.inMemory(timers)
        val subscribed = Channel<Unit>(Channel.UNLIMITED)
        val broker: Broker = Telling(Broker.inMemory(timers), subscribed)
        val server: Server =
            Server.create(
                ServerOptions.defaults().withName("listener").withAddress("memory:1"),
                ServerParts(transport, registry, broker, timers),
            )
        val client: Client =
            Client.create(
                ClientOptions.DEFAULTS.withName("caller"),
                ClientParts(
                    transport,
                    Selector.caching(
                        SelectorOptions.DEFAULTS,
                        SelectorParts(registry, timers, SplittableRandom(1), transport::probe),
                    ),
                    broker,
                    timers,
                ),
            )
    }

    private fun hello(name: String): HelloRequest = HelloRequest.newBuilder().setName(name).build()

    @Test
    fun `hears what is published, with its headers, on the context of the server`(vertx: Vertx) = runBlocking<Unit> {
        val node = Node(vertx)
        val heard = Channel<String>(Channel.UNLIMITED)
        withContext(vertx.dispatcher()) {
            node.server.subscribeSuspending(topic) {
                val before = Vertx.currentContext()
                delay(1)
                check(Vertx.currentContext() === before) { "left its context" }
                heard.send("${it.name} ${currentCallContext().metadata().value("name", "")}")
            }
            node.server.start().coAwait()
        }
        withCallContext(CallContext.create().withMetadata("name", "davie")) {
            node.client.publishSuspending(topic, hello("x"))
        }
        assertThat(heard.receive()).isEqualTo("x davie")
        node.server.stop().coAwait()
    }

    @Test
    fun `hears again what its handler has failed with`(vertx: Vertx) = runBlocking<Unit> {
        val node = Node(vertx)
        val heard = Channel<String>(Channel.UNLIMITED)
        var attempts = 0
        node.server.subscribeSuspending(topic, soon) {
            heard.send(it.name)
            check(++attempts > 1) { "not yet" }
        }
        node.server.start().coAwait()
        node.client.publishSuspending(topic, hello("x"))
        assertThat(heard.receive()).isEqualTo("x")
        assertThat(heard.receive()).isEqualTo("x")
        node.server.stop().coAwait()
    }

    @Test
    fun `collects the messages of a topic until it has enough`(vertx: Vertx) = runBlocking<Unit> {
        val node = Node(vertx)
        node.broker.connect().coAwait()
        val collected = CompletableDeferred<List<String>>()
        val queue = soon.withQueue("q")
        val job = launch(vertx.dispatcher()) {
            collected.complete(topic.flow(node.broker, queue).take(3).toList().map { it.name })
        }
        node.subscribed.receive()
        (1..4).forEach { node.client.publishSuspending(topic, hello("m$it")) }
        assertThat(collected.await()).containsExactly("m1", "m2", "m3")
        job.join()
    }

    @Test
    fun `gives a message back that its collector did not finish`(vertx: Vertx) = runBlocking<Unit> {
        val node = Node(vertx)
        node.broker.connect().coAwait()
        val first = CompletableDeferred<String>()
        val second = CompletableDeferred<String>()
        val queue = soon.withQueue("q")
        val cancelled = launch(vertx.dispatcher()) {
            topic.flow(node.broker, queue).collect {
                first.complete(it.name)
                awaitCancellation()
            }
        }
        node.subscribed.receive()
        node.client.publishSuspending(topic, hello("x"))
        assertThat(first.await()).isEqualTo("x")
        val successor = launch(vertx.dispatcher()) {
            topic.flow(node.broker, queue).collect { second.complete(it.name) }
        }
        node.subscribed.receive()
        cancelled.cancelAndJoin()
        assertThat(second.await()).isEqualTo("x")
        successor.cancelAndJoin()
    }
}
