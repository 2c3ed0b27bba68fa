package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.NetworkNamespace;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import examples.GreeterClient;
import examples.StudentClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples and a stock go-micro program find each other by mDNS and call each other. */
@Requires({Requirement.GO, Requirement.NETWORK})
class GreetingTest {
    private static final NetworkNamespace NETWORK = NetworkNamespace.create().withMulticast();

    @AfterAll
    static void leave() {
        NETWORK.close();
    }

    private static JavaProcess vertx(String... arguments) {
        return Programs.vertx(NETWORK, arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/protobuf", "application/json"})
    void ourGreeterAnswersGo(String contentType) {
        try (JavaProcess server = vertx("run", "examples.GreeterVerticle", "-conf", "../../conf/greeter.json")) {
            server.await("Registering node: greeter-");
            try (GoProcess client =
                    Programs.GO.start(NETWORK, "hello", "-service", "greeter", "-type", contentType, "服务")) {
                client.await("{\"greeting\":\"Hello 服务\"}");
                assertThat(client.exitCode()).isZero();
            }
        }
    }

    @Test
    void ourStudentsAnswerGoWithAStudentOrAnError() {
        try (JavaProcess server = vertx("run", "examples.StudentVerticle", "-conf", "../../conf/student.json")) {
            server.await("Registering node: student_service-");
            try (GoProcess client = Programs.GO.start(NETWORK, "student", "-service", "student_service", "davie")) {
                client.await("\"grade\":80");
            }
            try (GoProcess client = Programs.GO.start(NETWORK, "student", "-service", "student_service", "nobody")) {
                client.await("\\\"code\\\":404,\\\"detail\\\":\\\"no student nobody\\\"");
            }
        }
    }

    @Test
    void goGreetsOurClientInProtobufAndJson() {
        try (GoProcess server = Programs.serveGo(NETWORK, "greeter");
                JavaProcess protobuf = JavaProcess.start(NETWORK, GreeterClient.class.getName(), "服务");
                JavaProcess json = vertx("call", "greeter", "Greeter.Hello", "{\"name\": \"服务\"}")) {
            protobuf.await("Hello 服务");
            json.await("\"Hello 服务\"");
            assertThat(protobuf.exitCode()).isZero();
            assertThat(json.exitCode()).isZero();
            assertThat(server.endInput()).isZero();
        }
    }

    @Test
    void goTellsOurClientWhomItDoesNotKnow() {
        try (GoProcess server = Programs.serveGo(NETWORK, "student_service");
                JavaProcess known = JavaProcess.start(NETWORK, StudentClient.class.getName(), "davie");
                JavaProcess unknown = JavaProcess.start(NETWORK, StudentClient.class.getName(), "nobody")) {
            known.await("grade: 80");
            unknown.await("{\"id\":\"student_service\",\"code\":404,\"detail\":\"no student nobody\","
                    + "\"status\":\"Not Found\"}");
            assertThat(server.endInput()).isZero();
        }
    }
}
