package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.VertxHome.Result;
import dev.vertxmicro.launcher.VertxHome.Running;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTest {
    private static final String VERTICLE = PatientVerticle.class.getName();
    private static final String LOCAL =
            "{\"service\":{\"name\":\"patient\"},\"registry\":{\"type\":\"memory\"},\"server\":{\"address\":\"127.0.0.1:0\"}}";

    private final VertxHome vertx = VertxHome.shared();

    @TempDir
    Path directory;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static void refused(Result result, int exitCode, String message) {
        assertThat(result.err()).isEqualTo(message + "\n");
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nope.json | 15 | nope.json: no such file (expected: a JSON file, or JSON itself)",
                "{\"a\":1} x} | 15 | -conf:1:10: Unrecognized token: was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false') (expected: a JSON object)",
                "{\"registy\":{}} | 15 | -conf: $.registy: unknown key (nearest known: registry)",
                "{\"client\":{\"retries\":\"two\"}} | 15 | -conf: $.client.retries: \"two\" (expected: a whole number)",
                "{\"client\":{\"requestTimeout\":\"5\"}} | 15 | -conf: $.client.requestTimeout: \"5\" (expected: a duration such as 500ms, 5s or 1m30s)",
                "{\"client\":{\"contentType\":\"application/foo\"}} | 15 | -conf: $.client.contentType: \"application/foo\" (expected: application/json, application/json-rpc, application/octet-stream, application/proto-rpc, application/protobuf, application/x-protobuf, text/*)",
                "{\"server\":{\"threading\":1},\"registry\":3} | 15 | -conf: $.registry: ... (expected: an object)",
            })
    void refusesABadDescriptorBeforeAnythingStarts(String conf, int exitCode, String message) {
        refused(vertx.run("run", VERTICLE, "-conf", conf), exitCode, message);
    }

    @Test
    void namesFileAndPosition() throws IOException {
        Path bad = file("bad.json", "{\n  \"service\": {\"name\": \"x\"},,\n}");
        refused(
                vertx.run("run", VERTICLE, "-conf", bad.toString()),
                15,
                bad + ":2:28: Unexpected character (',' (code 44)): was expecting double-quote to start field name"
                        + " (expected: a JSON object)");
        Path wrong = file("wrong.json", "{\"selector\": {\"strateggy\": \"random\"}}");
        refused(
                vertx.run("run", VERTICLE, "-conf", wrong.toString()),
                15,
                wrong + ": $.selector.strateggy: unknown key (nearest known: strategy)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run | 2 | vertx run: no main-verticle; see vertx run --help",
                "rnu | 2 | vertx rnu: unknown command (nearest known: run); see vertx --help",
                "run x.Nope | 15 | x.Nope: no such verticle (expected: a class on the class path; add a jar or directory with -cp)",
                "run java.lang.String | 15 | java.lang.String: no verticle (expected: a class that extends ServiceVerticle, VerticleBase or AbstractVerticle)",
                "run x.Y --registri=x | 2 | --registri: unknown flag (nearest known: --registry); see vertx run --help",
                "run x.Y --plugin etcd | 2 | --plugin: means nothing here; put the plugin's jar on the class path with -cp and name its type, as in --registry=consul",
                "run x.Y --runtime=local | 2 | --runtime: means nothing here; start services with vertx run or vertx start, or by systemd or Kubernetes",
                "run x.Y z | 2 | vertx run: unexpected argument \"z\"; see vertx run --help",
                "run x.Y -conf | 2 | -conf: no value (expected: -conf config); see vertx run --help",
                "run nope.json | 15 | nope.json: no such file (expected: a JSON file, or JSON itself)",
                "run service:nope | 15 | service:nope: no nope.service.json (expected: on the class path, in . or in conf)",
            })
    void refusesABadCommandLine(String line, int exitCode, String message) {
        refused(vertx.run(line.split(" ")), exitCode, message);
    }

    @Test
    void namesTheFlagThatIsWrong() {
        refused(
                vertx.run("run", VERTICLE, "-conf", LOCAL, "--register_ttl", "soon"),
                2,
                "--register_ttl: \"soon\" (expected: seconds, or a duration such as 500ms, 5s or 1m30s)");
        Result result = vertx.run("run", VERTICLE, "-conf", LOCAL, "--transport=htpp");
        assertThat(result.err()).startsWith("--transport: \"htpp\" (expected: ").contains("http");
        assertThat(result.exitCode()).isEqualTo(15);
    }

    /** Fails before there is anything to start. */
    public static final class Broken extends VerticleBase {
        /** For the deployment by name. */
        public Broken() {
            throw new IllegalStateException("no settings\nat all");
        }
    }

    @Test
    void saysInOneLineWhatAConstructorThrew() {
        Result result = vertx.run("run", Broken.class.getName());
        assertThat(result.err()).endsWith("\n" + Broken.class.getName() + ": no settings at all\n");
        assertThat(result.exitCode()).isEqualTo(15);
    }

    @Test
    void namesTheVerticleThatFailedAndNoneAfterIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String verticle = "{\"main\":\"" + VERTICLE + "\",\"options\":{\"config\":" + LOCAL + "}}";
            String first = verticle.replace("127.0.0.1:0", "127.0.0.1:" + taken.getLocalPort());
            Path topology =
                    file("topology.json", "{\"verticles\":[" + String.join(",", first, verticle, verticle) + "]}");
            Result result = vertx.run("run", topology.toString());
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains("in use");
            assertThat(result.exitCode()).isEqualTo(15);
        }
    }

    @Test
    void saysThatAPortIsTakenAndLeavesNothingRunning() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Result result = vertx.run("run", VERTICLE, "-conf", LOCAL, "--server_address=" + address);
            assertThat(result.err()).contains(address).contains("in use").doesNotContain("\tat ");
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.exitCode()).isEqualTo(15);
            String conf = "{\"registry\":{\"type\":\"memory\"},\"health\":{\"address\":\"" + address + "\"}}";
            Result health = vertx.run("run", VERTICLE, "-conf", conf);
            assertThat(health.err()).contains(address).contains("in use");
            assertThat(health.err().lines()).hasSize(1);
            assertThat(health.exitCode()).isEqualTo(15);
        }
    }

    @Test
    void answersARunningCallAndDeregistersOnSigterm() throws Exception {
        try (Running service = vertx.start("run", VERTICLE, "-conf", LOCAL)) {
            String address = service.await("Listening on ");
            service.await("Registering node");
            CompletableFuture<Result> call = CompletableFuture.supplyAsync(
                    () -> vertx.run("call", "patient", "Patient.Wait", "{}", "--address", address));
            service.await("waiting begins");
            service.terminate();
            service.await("Deregistering node");
            assertThat(call.get().out()).isEqualTo("{\"waited\":true}\n");
            assertThat(call.get().exitCode()).isZero();
            assertThat(service.exitCode()).isIn(0, 143);
        }
    }

    @Test
    void stopsOnSigtermWhileStillStarting() throws Exception {
        String slow = LOCAL.replace("\"server\"", "\"app\":{\"startMillis\":700},\"server\"");
        try (Running service = vertx.start("run", VERTICLE, "-conf", slow, "-instances", "2")) {
            service.await("starting begins");
            service.terminate();
            assertThat(service.exitCode()).isIn(0, 143);
        }
    }

    @Test
    void laysFlagsOverVariablesOverTheFile() throws Exception {
        ProcessBuilder builder =
                vertx.process("run", VERTICLE, "-conf", LOCAL, "--server_id", "flagged", "-instances", "2");
        builder.environment().put("MICRO_SERVER_NAME", "fromthevariable");
        builder.environment().put("MICRO_SERVER_ID", "unused");
        try (Running service = new Running(builder.redirectErrorStream(true).start())) {
            assertThat(service.await("Registering node: ")).isEqualTo("fromthevariable-flagged");
        }
    }

    @Test
    void runsATopologyAllOrNothing() throws IOException {
        String item = "{\"main\":\"" + VERTICLE + "\",\"options\":{\"config\":" + LOCAL + "}}";
        Path good = file("good.json", "{\"verticles\":[" + item + "," + item.replace("patient", "second") + "]}");
        try (Running service = vertx.start("run", good.toString())) {
            assertThat(service.await("Registering node: ")).startsWith("patient-");
            assertThat(service.await("Registering node: ")).startsWith("second-");
        }
        Path bad = file("bad.json", "{\"verticles\":[" + item + "," + item.replace("memory", "memoir") + "]}");
        Result result = vertx.run("run", bad.toString());
        assertThat(result.err())
                .startsWith(bad + ": $.verticles[1].options.config.registry.type: \"memoir\" (expected: ")
                .contains("memory");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.exitCode()).isEqualTo(15);
    }

    @Test
    void runsWhatAServiceFileNames() throws IOException {
        file(
                "mine.service.json",
                "{\"main\":\"" + VERTICLE + "\",\"options\":{\"config\":" + LOCAL.replace("patient", "mine") + "}}");
        ProcessBuilder builder = vertx.process("run", "service:mine").directory(directory.toFile());
        try (Running service = new Running(builder.redirectErrorStream(true).start())) {
            assertThat(service.await("Registering node: ")).startsWith("mine-");
        }
    }
}
