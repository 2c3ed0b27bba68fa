package examples.kotlin

import dev.vertxmicro.testkit.program.JavaProcess
import dev.vertxmicro.testkit.program.NetworkNamespace
import dev.vertxmicro.testkit.program.Requirement
import dev.vertxmicro.testkit.program.Requires
import dev.vertxmicro.testkit.server.Mosquitto
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path

/** Runs the programs that publish and hear of students, each in a JVM of its own, in both languages. */
class MessagesTest {
    @TempDir
    lateinit var directory: Path

    /** The sample with another address of Mosquitto, and no registry: nobody is looked up. */
    private fun sample(mosquitto: Mosquitto, contentType: String): String {
        val text =
            Files
                .readString(Path.of("../conf/message.json"))
                .replace("127.0.0.1:1883", mosquitto.address())
                .replace("mdns", "memory")
                .replace("application/protobuf", contentType)
        return Files.writeString(directory.resolve(contentType.replace('/', '-') + ".json"), text).toString()
    }

    @Requires(Requirement.MOSQUITTO)
    @Test
    fun studentsArePublishedOverMosquittoInProtobufAndJson() {
        Mosquitto.start(directory).use { mosquitto ->
            JavaProcess
                .start(
                    LAUNCHER,
                    "run",
                    "examples.kotlin.MessageVerticle",
                    "-conf",
                    "../conf/message.json",
                    "--registry=memory",
                    "--broker=mqtt",
                    "--broker_address=${mosquitto.address()}",
                    "--server_address=127.0.0.1:0",
                ).use { server ->
                    server.await("Registering node: go.micro.srv-")
                    for (contentType in listOf("application/protobuf", "application/json")) {
                        for (language in listOf("examples.kotlin", "examples")) {
                            JavaProcess.start("$language.MessageClient", sample(mosquitto, contentType)).use {
                                it.await("Message published to the broker mqtt, which does not tell who gets it")
                                assertThat(it.exitCode()).isZero()
                            }
                            server.await("davie ($contentType): davie, Software Engineering Major, 80, 12345678901")
                        }
                    }
                    server.terminate()
                }
        }
    }

    @Requires(Requirement.NETWORK)
    @Test
    fun studentsArePublishedOverHttpToWhoIsFoundByMdns() {
        NetworkNamespace.create().use { network ->
            JavaProcess.start(network, "examples.kotlin.MessageClient", "../conf/student.json").use {
                it.await("Failed to publish message: ")
                assertThat(it.exitCode()).isEqualTo(1)
            }
            val arguments =
                arrayOf("run", "examples.kotlin.MessageVerticle", "-conf", "../conf/message.json", "--broker=http")
            JavaProcess.start(network, LAUNCHER, *arguments).use { server ->
                server.await("Registering node: go.micro.srv-")
                for ((file, contentType) in samples) {
                    JavaProcess.start(network, "examples.kotlin.MessageClient", file).use {
                        it.await("Message published, all subscribers have handled it")
                        assertThat(it.exitCode()).isZero()
                    }
                    server.await("davie ($contentType): davie, Software Engineering Major, 80, 12345678901")
                }
                server.terminate()
            }
        }
    }

    private companion object {
        const val LAUNCHER = "dev.vertxmicro.launcher.MicroLauncher"
        val samples =
            mapOf(
                "../conf/student.json" to "application/protobuf",
                "../conf/json-client.json" to "application/json",
            )
    }
}
