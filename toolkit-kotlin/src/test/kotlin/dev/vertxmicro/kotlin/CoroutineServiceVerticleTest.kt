package dev.vertxmicro.kotlin

import dev.vertxmicro.launcher.MicroLauncher
import dev.vertxmicro.service.Service
import dev.vertxmicro.testkit.program.JavaProcess
import io.vertx.core.DeploymentOptions
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.junit5.VertxExtension
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.delay
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.nio.file.Files
import java.util.concurrent.TimeUnit

private const val MEMORY = """
    {"registry": {"type": "memory"}, "broker": {"type": "memory"}, "server": {"address": "127.0.0.1:0"}}
"""

@Timeout(60)
@ExtendWith(VertxExtension::class)
class CoroutineServiceVerticleTest {
    class Unwritten : CoroutineServiceVerticle() {
        override suspend fun setUp(service: Service): Unit = TODO("later")
    }

    private class Failing(private val failure: Throwable, private val first: suspend () -> Unit) :
        CoroutineServiceVerticle() {
        override suspend fun setUp(service: Service) {
            first()
            throw failure
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = [true, false])
    fun `does not start when its setUp throws, whatever that is`(suspended: Boolean, vertx: Vertx) {
        for (failure in listOf(
            NotImplementedError("later"),
            NoClassDefFoundError("com/example/Missing"),
            CancellationException("cancelled"),
            IllegalStateException("no"),
        )) {
            val verticle = Failing(failure) { if (suspended) delay(1) }
            val deployed = vertx.deployVerticle(verticle, DeploymentOptions().setConfig(JsonObject(MEMORY)))
            assertThatThrownBy { deployed.await(10, TimeUnit.SECONDS) }.hasMessageContaining(failure.message)
        }
        assertThat(vertx.deploymentIDs()).isEmpty()
    }

    @Test
    fun `ends the process with 15 when its setUp throws an Error`() {
        val config = Files.createTempFile("micro", ".json")
        Files.writeString(config, MEMORY)
        JavaProcess.start(
            MicroLauncher::class.java.name,
            "run",
            Unwritten::class.java.name,
            "-conf",
            config.toString(),
        ).use { process ->
            assertThat(process.exitCode()).isEqualTo(15)
        }
    }
}
