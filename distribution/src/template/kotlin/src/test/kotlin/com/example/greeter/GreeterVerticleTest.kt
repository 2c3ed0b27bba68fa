package com.example.greeter

import dev.vertxmicro.client.CallOptions
import dev.vertxmicro.verticle.DescribedClient
import io.vertx.core.DeploymentOptions
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import java.net.InetAddress
import java.net.ServerSocket
import java.nio.file.Files
import java.nio.file.Path

/** The running service, called over its port. */
class GreeterVerticleTest {
    private val vertx = Vertx.vertx()
    private val memory = JsonObject().put("type", "memory")

    @AfterEach
    fun close() = runBlocking<Unit> { vertx.close().coAwait() }

    @Test
    fun answersCalls() = runBlocking<Unit> {
        val address = "127.0.0.1:${freePort()}"
        val descriptor =
            JsonObject(Files.readString(Path.of("conf/@artifact@.json")))
                .put("registry", memory)
                .put("server", JsonObject().put("address", address))
        vertx.deployVerticle(GreeterVerticle(), DeploymentOptions().setConfig(descriptor)).coAwait()

        val client = DescribedClient.create(vertx, JsonObject().put("registry", memory))
        val service =
            GreeterCoroutineService
                .create("@name@", client)
                .withOptions(CallOptions.DEFAULTS.withAddresses(address))
        val response = service.hello(HelloRequest.newBuilder().setName("Ada").build())
        assertThat(response.greeting).isEqualTo("Hello Ada")
        client.close().coAwait()
    }

    private fun freePort() = ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { it.localPort }
}
