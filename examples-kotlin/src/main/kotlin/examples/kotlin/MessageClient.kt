package examples.kotlin

import dev.vertxmicro.broker.Broker
import dev.vertxmicro.broker.PublishedWhen
import dev.vertxmicro.kotlin.publishSuspending
import dev.vertxmicro.kotlin.withCallContext
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.verticle.DescribedClient
import examples.kotlin.student.Student
import examples.kotlin.student.StudentTopics
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking
import kotlin.system.exitProcess

/** Publishes a student as its descriptor says, in protobuf or JSON: `MessageClient FILE`. */
object MessageClient {
    @JvmStatic
    fun main(args: Array<String>): Unit = exitProcess(runBlocking { publish(args) })

    private suspend fun publish(args: Array<String>): Int {
        val vertx = Vertx.vertx()
        val descriptor = JsonObject(vertx.fileSystem().readFile(args[0]).coAwait())
        // This process ends: no message is to be held for subscribers that come later.
        descriptor.mergeIn(JsonObject("""{"broker": {"http": {"mandatory": true}}}"""), true)
        val client = DescribedClient.create(vertx, descriptor)
        val student =
            Student
                .newBuilder()
                .setName("davie")
                .setClasses("Software Engineering Major")
                .setGrade(80)
                .setPhone("12345678901")
                .build()
        return try {
            withCallContext(CallContext.create().withMetadata("name", student.name)) {
                client.publishSuspending(StudentTopics.GO_MICRO_SRV_MESSAGE, student)
            }
            println(said(client.broker()))
            0
        } catch (e: Exception) {
            System.err.println("Failed to publish message: ${e.message}")
            1
        } finally {
            client.close().coAwait()
            vertx.close().coAwait()
        }
    }

    /** Says no more than the broker knows. */
    private fun said(broker: Broker): String = if (broker.traits().publishedWhen() == PublishedWhen.HANDLED) {
        "Message published, all subscribers have handled it"
    } else {
        "Message published to the broker ${broker.type()}, which does not tell who gets it"
    }
}
