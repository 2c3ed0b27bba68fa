package examples.kotlin

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

/** Publishes a student as its descriptor says, in protobuf or JSON: `MessageClient FILE`. */
object MessageClient {
    @JvmStatic
    fun main(args: Array<String>): Unit = runBlocking {
        val vertx = Vertx.vertx()
        val descriptor = JsonObject(vertx.fileSystem().readFile(args[0]).coAwait())
        val client = DescribedClient.create(vertx, descriptor)
        val student =
            Student
                .newBuilder()
                .setName("davie")
                .setClasses("Software Engineering Major")
                .setGrade(80)
                .setPhone("12345678901")
                .build()
        try {
            withCallContext(CallContext.create().withMetadata("name", student.name)) {
                client.publishSuspending(StudentTopics.GO_MICRO_SRV_MESSAGE, student)
            }
            println("Message published successfully")
        } catch (e: Exception) {
            System.err.println("Failed to publish message: ${e.message}")
        } finally {
            client.close().coAwait()
            vertx.close().coAwait()
        }
    }
}
