package examples.kotlin

import dev.vertxmicro.verticle.DescribedClient
import examples.kotlin.student.StudentCoroutineService
import examples.kotlin.student.StudentRequest
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking

/** Looks a student up and prints what is known: `StudentClient [NAME]`. */
object StudentClient {
    @JvmStatic
    fun main(args: Array<String>): Unit = runBlocking {
        val vertx = Vertx.vertx()
        val client = DescribedClient.create(vertx, JsonObject())
        try {
            val students = StudentCoroutineService.create("student_service", client)
            val request = StudentRequest.newBuilder().setName(args.firstOrNull() ?: "davie").build()
            print(students.getStudent(request))
        } catch (e: Exception) {
            System.err.println(e.message)
        } finally {
            client.close().coAwait()
            vertx.close().coAwait()
        }
    }
}
