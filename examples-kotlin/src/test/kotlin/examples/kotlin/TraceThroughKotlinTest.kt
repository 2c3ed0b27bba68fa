package examples.kotlin

import com.google.protobuf.StringValue
import dev.vertxmicro.broker.Topic
import dev.vertxmicro.client.Request
import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.kotlin.callSuspending
import dev.vertxmicro.kotlin.handleSuspending
import dev.vertxmicro.kotlin.publishSuspending
import dev.vertxmicro.kotlin.subscribeSuspending
import dev.vertxmicro.message.Endpoint
import dev.vertxmicro.service.Service
import dev.vertxmicro.testkit.program.JavaProcess
import dev.vertxmicro.testkit.program.Requirement
import dev.vertxmicro.testkit.program.Requires
import dev.vertxmicro.testkit.recording.Await.result
import dev.vertxmicro.testkit.server.FreePorts
import dev.vertxmicro.testkit.server.ZipkinServer
import dev.vertxmicro.verticle.BrokerVerticle
import dev.vertxmicro.verticle.RegistryVerticle
import io.opentelemetry.api.trace.Span
import io.vertx.core.DeploymentOptions
import io.vertx.core.Vertx
import io.vertx.core.json.JsonArray
import io.vertx.core.json.JsonObject
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList

/** A real Zipkin has one trace of the command line, two services and a subscriber; their spans are current in coroutines. */
@Requires(Requirement.ZIPKIN)
class TraceThroughKotlinTest {
    private val vertx = Vertx.vertx()
    private val address = "127.0.0.1:${FreePorts.next()}"
    private val current = CopyOnWriteArrayList<String>()

    private fun currentIs(span: String) {
        current += "$span ${Span.current().spanContext.spanId}"
    }

    private inner class Students : CoroutineServiceVerticle() {
        override suspend fun setUp(service: Service) {
            service.server().handleSuspending(ENROLL) { request ->
                delay(5)
                currentIs("students")
                service.client().callSuspending(Request.of("grades", LIST, request))
            }
        }
    }

    private inner class Grades : CoroutineServiceVerticle() {
        override suspend fun setUp(service: Service) {
            service.server().handleSuspending(LIST) { request ->
                withContext(Dispatchers.Default) { currentIs("grades") }
                service.client().publishSuspending(ENROLLED, request)
                request
            }
        }
    }

    private inner class Audit : CoroutineServiceVerticle() {
        override suspend fun setUp(service: Service) {
            service.server().subscribeSuspending(ENROLLED) {
                delay(5)
                currentIs("audit")
            }
        }
    }

    @AfterEach
    fun stop() {
        result(vertx.close())
    }

    private fun descriptor(name: String, at: String, zipkin: ZipkinServer): JsonObject {
        val tracing =
            JsonObject()
                .put("exporter", "zipkin")
                .put("endpoint", zipkin.url())
                .put("delay", "100ms")
                .put("current", true)
        val wrapper = JsonObject().put("type", "tracing").put("tracing", tracing)
        return JsonObject()
            .put("service", JsonObject().put("name", name))
            .put("server", JsonObject().put("address", at))
            .put("registry", JsonObject().put("type", "eventbus"))
            .put("broker", JsonObject().put("type", "eventbus"))
            .put("wrappers", JsonArray().add(wrapper))
    }

    /** Has a verticle own a backend in memory, for others on the event bus. */
    private fun own(kind: String, verticle: String) {
        val memory = JsonObject().put(kind, JsonObject().put("type", "memory"))
        result(vertx.deployVerticle(verticle, DeploymentOptions().setConfig(memory)))
    }

    private fun deploy(verticle: CoroutineServiceVerticle, descriptor: JsonObject): String =
        result(vertx.deployVerticle(verticle, DeploymentOptions().setConfig(descriptor)))

    @Test
    fun `is one trace, and each coroutine has its span`(@TempDir directory: Path) {
        own("registry", RegistryVerticle::class.java.name)
        own("broker", BrokerVerticle::class.java.name)
        ZipkinServer.start(directory).use { zipkin ->
            val services =
                listOf(
                    deploy(Audit(), descriptor("audit", "127.0.0.1:0", zipkin)),
                    deploy(Grades(), descriptor("grades", "127.0.0.1:0", zipkin)),
                    deploy(Students(), descriptor("students", address, zipkin)),
                )
            val launcher = "dev.vertxmicro.launcher.MicroLauncher"
            val call = arrayOf("call", "students", "Students.Enroll", "\"davie\"", "--address", address)
            JavaProcess.start(launcher, *call, "--trace-url", zipkin.url()).use { command ->
                val id = command.await("trace: ").removePrefix("trace: ")
                command.await("    students calls grades Grades.List")
                command.await("        grades Grades.List")
                command.await("            audit takes enrolled")
                val spans = zipkin.trace(id) { it.size == 7 }
                val handlers = spans.filter { it.getString("kind") in setOf("SERVER", "CONSUMER") }
                assertThat(current).containsExactlyInAnyOrderElementsOf(handlers.map { owner(it) })
                assertThat(command.exitCode()).isZero()
            }
            services.forEach { result(vertx.undeploy(it)) }
        }
    }

    private fun owner(span: JsonObject): String =
        "${span.getJsonObject("localEndpoint").getString("serviceName")} ${span.getString("id")}"

    private companion object {
        val ENROLL: Endpoint<StringValue, StringValue> =
            Endpoint.unary("Students.Enroll", StringValue::class.java, StringValue::class.java)
        val LIST: Endpoint<StringValue, StringValue> =
            Endpoint.unary("Grades.List", StringValue::class.java, StringValue::class.java)
        val ENROLLED: Topic<StringValue> = Topic.of("enrolled", StringValue::class.java)
    }
}
