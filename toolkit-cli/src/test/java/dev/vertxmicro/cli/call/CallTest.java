package dev.vertxmicro.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.PatientVerticle;
import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import dev.vertxmicro.launcher.VertxHome.Running;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTest {
    private static final VertxHome VERTX = VertxHome.shared();
    private static Running service;
    private static String address;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        service = VERTX.start(
                "run",
                PatientVerticle.class.getName(),
                "-conf",
                "{\"service\":{\"name\":\"patient\"},\"registry\":{\"type\":\"memory\"},\"server\":{\"address\":\"127.0.0.1:0\"}}");
        address = service.await("Listening on ");
        service.await("Registering node");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String[] call(String... arguments) {
        List<String> all = new ArrayList<>(List.of("call", "patient", "--address", address));
        all.addAll(List.of(arguments));
        return all.toArray(new String[0]);
    }

    private static void answered(Result result, String json) {
        assertThat(result).isEqualTo(new Result(0, json + "\n", ""));
    }

    @Test
    void printsTheAnswerAndNothingElse() {
        answered(
                VERTX.run(call("Patient.Hello", "{\"name\": \"John\"}", "--metadata", "tenant=a", "--metadata=b=c")),
                "{\"greeting\":\"Hello John\",\"tenant\":\"a\"}");
    }

    @Test
    void beginsATraceAndTellsItsId() {
        Result result = VERTX.run(call("Patient.Hello", "{}", "--trace"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).matches("trace: [0-9a-f]{32}\n");
    }

    @Test
    void takesTheBodyFromAFileOrStandardInputOrNowhere() throws IOException {
        Path body = Files.writeString(directory.resolve("body.json"), "{\"name\": \"File\"}");
        answered(VERTX.run(call("Patient.Hello", "@" + body)), "{\"greeting\":\"Hello File\",\"tenant\":\"none\"}");
        String piped = "{\"name\": \"Pipe\"}\n";
        String expected = "{\"greeting\":\"Hello Pipe\",\"tenant\":\"none\"}";
        answered(VERTX.run(VERTX.process(call("Patient.Hello", "-")), piped), expected);
        answered(VERTX.run(VERTX.process(call("Patient.Hello")), piped), expected);
        answered(VERTX.run(call("Patient.Hello")), "{\"greeting\":\"Hello nobody\",\"tenant\":\"none\"}");
    }

    @Test
    void printsAnErrorAsGoMicroWordsIt() {
        assertThat(VERTX.run(call("Patient.Fail", "{}")))
                .isEqualTo(new Result(
                        1,
                        "",
                        "{\"id\":\"patient\",\"code\":418,\"detail\":\"no tea\",\"status\":\"I'm a teapot\"}\n"));
        assertThat(VERTX.run(call("Patient.Nope", "{}"))).isEqualTo(new Result(1, "", "rpc: can't find method Nope\n"));
        assertThat(VERTX.run("call", "student_service", "Student.Get", "{}", "--registry=memory"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "{\"id\":\"go.micro.client\",\"code\":500,\"detail\":\"error selecting student_service node: not"
                                + " found\",\"status\":\"Internal Server Error\"}\n"));
        Result late = VERTX.run(call("Patient.Wait", "{}", "--timeout", "50ms"));
        assertThat(late.err()).contains("\"code\":408");
        assertThat(late.exitCode()).isEqualTo(1);
    }

    @Test
    void saysHowToCallAnEndpointThatStreams() {
        Result result = VERTX.run(call("Patient.Talk", "{}"));
        assertThat(result.err())
                .contains("Patient.Talk streams (expected: vertx call with --stream)")
                .hasLineCount(1);
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call | vertx call: no service; see vertx call --help",
                "call x | vertx call: no endpoint; see vertx call --help",
                "call x y {} | vertx call: endpoint: y (expected: Service.Method)",
                "call x X.Y {} z | vertx call: unexpected argument \"z\"; see vertx call --help",
                "call x X.Y {} --tiemout=1s | --tiemout: unknown flag (nearest known: --timeout); see vertx call --help",
                "call x X.Y {} --timeout=1 | --timeout: \"1\" (expected: a duration such as 500ms, 5s or 1m30s)",
                "call x X.Y {] | body:1:2: Unexpected close marker ']': expected '}' (expected: JSON)",
                "call x X.Y @nope | nope: no such file (expected: @file with the body)",
                "call x X.Y {} --address=here | --address: \"here\" (expected: host:port)",
                "call x X.Y {} --metadata=a | --metadata: \"a\" (expected: key=value)",
                "call x X.Y {} --repeat=0 | --repeat: 0 (expected: a whole number >= 1)",
                "call x X.Y {} --repeat=2 -conf {\"client\":null} | -conf: $.client: null (expected: an object; leave the key out for the default)",
                "call x X.Y {} --rate=5 | --rate: without --repeat (expected: --repeat CALLS)",
                "call x X.Y {} --content-type=application/protobuf | --content-type: application/protobuf (expected: with --proto FILE or --descriptor-set FILE, to know the messages)",
                "call x X.Y {} --proto=nope.proto | nope.proto: no such file (expected: a .proto file)",
            })
    void refusesABadCommandLine(String line, String message) {
        assertThat(VERTX.run(line.split(" "))).isEqualTo(new Result(2, "", message + "\n"));
    }

    @Test
    void speaksProtobufByAProtoFile() throws IOException {
        Files.writeString(
                directory.resolve("place.proto"), "syntax = \"proto3\"; package p; message Place { string town = 1; }");
        Path proto = Files.writeString(
                directory.resolve("patient.proto"),
                """
                syntax = "proto3";
                package p;
                import "place.proto";
                import "google/protobuf/timestamp.proto";
                service Patient { rpc Echo(Person) returns (Person); rpc Watch(Person) returns (stream Person); }
                message Person {
                  string name = 1;
                  repeated int32 some_numbers = 2;
                  map<string, Place> places = 3;
                  optional bool sure = 4;
                  oneof id { int64 number = 5; string text = 6; }
                  google.protobuf.Timestamp since = 7;
                }
                """);
        String person = "{\"name\":\"Ann\",\"some_numbers\":[1,2],\"places\":{\"home\":{\"town\":\"Bern\"}},"
                + "\"sure\":false,\"text\":\"x\",\"since\":\"2020-01-02T03:04:05Z\"}";
        answered(VERTX.run(call("Patient.Echo", person, "--proto", proto.toString())), person);
        Result stream = VERTX.run(call("Patient.Watch", "{\"name\":\n\"Ann\"}", "--proto", proto.toString()));
        assertThat(stream).isEqualTo(new Result(0, "{\"name\":\"Ann\"}\n{\"name\":\"Ann\"}\n", ""));
        Result load = VERTX.run(call("Patient.Watch", "{}", "--proto", proto.toString(), "--repeat=2"));
        assertThat(load.err()).contains("expected: an endpoint with one answer");
        Result wrong = VERTX.run(call("Patient.Ecko", "{}", "--proto", proto.toString()));
        assertThat(wrong.err()).contains("nearest known: Patient.Echo");
        Result field = VERTX.run(call("Patient.Echo", "{\"nam\":1}", "--proto", proto.toString()));
        assertThat(field.err()).contains("nam").contains("p.Person");
        assertThat(field.exitCode()).isEqualTo(2);
        Path broken = Files.writeString(directory.resolve("broken.proto"), "syntax = \"proto3\"; massage X {}");
        Result syntax = VERTX.run(call("Patient.Echo", "{}", "--proto", broken.toString()));
        assertThat(syntax.err()).startsWith(broken + ":1:20: massage (expected: message, ");
        assertThat(syntax.exitCode()).isEqualTo(2);
    }

    @Test
    void sendsAMessageALineAndPrintsThoseThatCome() {
        String lines = "{\"n\": 1}\n\n{\"n\": 2}\n";
        Result result = VERTX.run(VERTX.process(call("Patient.Talk", "--stream")), lines);
        assertThat(result).isEqualTo(new Result(0, "{\"n\":1,\"heard\":true}\n{\"n\":2,\"heard\":true}\n", ""));
        String failing = "{\"n\": 1}\n{\"fail\": true}\n";
        assertThat(VERTX.run(VERTX.process(call("Patient.Talk", "--stream", "-")), failing))
                .isEqualTo(new Result(
                        1,
                        "{\"n\":1,\"heard\":true}\n",
                        "{\"id\":\"patient\",\"code\":418,\"detail\":\"no tea\",\"status\":\"I'm a teapot\"}\n"));
        Result bad = VERTX.run(VERTX.process(call("Patient.Talk", "--stream")), "{]\n");
        assertThat(bad.err()).startsWith("line 1:1:2: ").contains("(expected: JSON)");
        assertThat(bad.exitCode()).isEqualTo(2);
    }

    @Test
    void givesAStreamUpWhenItsTimeIsOverOrItIsInterrupted() throws Exception {
        Process late = VERTX.process(call("Patient.Talk", "--stream", "--timeout=300ms"))
                .redirectErrorStream(true)
                .start();
        assertThat(new String(late.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("\"code\":408");
        assertThat(late.waitFor()).isEqualTo(1);
        service.await("talk cancelled");
        Process interrupted = VERTX.process(call("Patient.Talk", "--stream")).start();
        interrupted.outputWriter().append("{\"n\": 1}\n").flush();
        assertThat(interrupted.inputReader().readLine()).contains("heard");
        interrupted.toHandle().destroy();
        service.await("talk cancelled");
        assertThat(interrupted.waitFor()).isEqualTo(143);
    }

    @Test
    void measuresManyCalls() {
        Result result = VERTX.run(call("Patient.Hello", "{}", "--repeat=500", "--concurrency=8", "--json"));
        assertThat(result.exitCode()).isZero();
        JsonObject summary = new JsonObject(result.out());
        assertThat(summary.getInteger("calls")).isEqualTo(500);
        assertThat(summary.getInteger("errors")).isZero();
        assertThat(summary.getDouble("callsPerSecond")).isPositive();
        assertThat(summary.getDouble("maxMillis")).isGreaterThanOrEqualTo(summary.getDouble("p50Millis"));
    }

    @Test
    void countsErrorsByKindAndFails() {
        Result result = VERTX.run(call("Patient.Fail", "{}", "--repeat", "20", "--rate", "1000"));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("errors     20")
                .contains("20 x {\"id\":\"patient\",\"code\":418,\"detail\":\"no tea\"")
                .contains("p99");
    }
}
