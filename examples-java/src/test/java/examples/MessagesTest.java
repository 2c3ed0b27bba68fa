package examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.NetworkNamespace;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the programs that publish and hear of students, each in a JVM of its own. */
class MessagesTest {
    private static final String LAUNCHER = "dev.vertxmicro.launcher.MicroLauncher";
    private static final String HEARD =
            "Received information of davie (%s): davie, Software Engineering Major, 80, 12345678901";

    @TempDir
    private Path directory;

    /** The sample with another address of Mosquitto, and no registry: nobody is looked up. */
    private Path sample(Mosquitto mosquitto, String contentType) throws IOException {
        String text = Files.readString(Path.of("../conf/message.json"))
                .replace("127.0.0.1:1883", mosquitto.address())
                .replace("mdns", "memory")
                .replace("application/protobuf", contentType);
        return Files.writeString(directory.resolve(contentType.replace('/', '-') + ".json"), text);
    }

    @Requires(Requirement.MOSQUITTO)
    @Test
    void studentsArePublishedOverMosquittoInProtobufAndJson() throws IOException {
        try (Mosquitto mosquitto = Mosquitto.start(directory);
                JavaProcess server = JavaProcess.start(
                        LAUNCHER,
                        "run",
                        "examples.MessageVerticle",
                        "-conf",
                        "../conf/message.json",
                        "--registry=memory",
                        "--broker=mqtt",
                        "--broker_address=" + mosquitto.address(),
                        "--server_address=127.0.0.1:0")) {
            server.await("Registering node: go.micro.srv-");
            for (String contentType : new String[] {"application/protobuf", "application/json"}) {
                String file = sample(mosquitto, contentType).toString();
                try (JavaProcess client = JavaProcess.start(MessageClient.class.getName(), file)) {
                    client.await("Message published to the broker mqtt, which does not tell who gets it");
                    assertThat(client.exitCode()).isZero();
                }
                server.await(HEARD.formatted(contentType));
            }
            server.terminate();
        }
    }

    @Requires(Requirement.NETWORK)
    @Test
    void studentsArePublishedOverHttpToWhoIsFoundByMdns() {
        try (NetworkNamespace network = NetworkNamespace.create();
                JavaProcess nobody =
                        JavaProcess.start(network, MessageClient.class.getName(), "../conf/student.json")) {
            nobody.await("Failed to publish message: ");
            assertThat(nobody.exitCode()).isEqualTo(1);
        }
        try (NetworkNamespace network = NetworkNamespace.create();
                JavaProcess server = JavaProcess.start(
                        network,
                        LAUNCHER,
                        "run",
                        "examples.MessageVerticle",
                        "-conf",
                        "../conf/message.json",
                        "--broker=http")) {
            server.await("Registering node: go.micro.srv-");
            for (String[] sample : new String[][] {
                {"../conf/student.json", "application/protobuf"}, {"../conf/json-client.json", "application/json"}
            }) {
                try (JavaProcess client = JavaProcess.start(network, MessageClient.class.getName(), sample[0])) {
                    client.await("Message published, all subscribers have handled it");
                    assertThat(client.exitCode()).isZero();
                }
                server.await(HEARD.formatted(sample[1]));
            }
            server.terminate();
        }
    }
}
