package examples.kotlin

import dev.vertxmicro.verticle.DescribedClient
import examples.kotlin.student.StudentCoroutineService
import examples.kotlin.student.StudentRequest
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking
import kotlin.system.exitProcess

/** Looks a student up and prints what is known: `StudentClient [NAME]`. */
object StudentClient {
    @JvmStatic
    fun main(args: Array<String>): Unit = exitProcess(runBlocking { call(args) })

    private suspend fun call(args: Array<String>): Int {
        val vertx = Vertx.vertx()
        val client = DescribedClient.create(vertx, JsonObject())
        return try {
            val students = StudentCoroutineService.create("student_service", client)
            val request = StudentRequest.newBuilder().setName(args.firstOrNull() ?: "davie").build()
            print(students.getStudent(request))
            0
        } catch (e: Exception) {
            System.err.println(e.message)
            1
        } finally {
            client.close().coAwait()
            vertx.close().coAwait()
        }
    }
}
