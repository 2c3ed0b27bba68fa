package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are not what they claim: an error that says so, a line in the log, and the connection serves the next call. */
class BadMessagesTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static String address = "";

    @BeforeAll
    static void serve() throws Exception {
        Timers timers = VertxTimers.of(VERTX);
        ServerParts parts = new ServerParts(
                HttpTransport.create(VERTX, HttpTransportOptions.DEFAULTS), Registry.inMemory(timers), timers);
        Server server = Server.create(ServerOptions.defaults().withName("bad").withAddress("127.0.0.1:0"), parts);
        server.handle(
                Endpoint.unary("Bad.Text", StringValue.class, StringValue.class),
                (request, context) -> Future.succeededFuture(request));
        server.handle(
                Endpoint.unary("Bad.Struct", Struct.class, Struct.class),
                (request, context) -> Future.succeededFuture(request));
        server.handle(
                Endpoint.unary("Bad.Plain", JsonObject.class, JsonObject.class),
                (request, context) -> Future.succeededFuture(request));
        server.start().await(10, TimeUnit.SECONDS);
        address = server.address();
    }

    @AfterAll
    static void stop() throws Exception {
        VERTX.close().await(10, TimeUnit.SECONDS);
    }

    private static RawConnection.Response post(RawConnection raw, String endpoint, String contentType, byte[] body)
            throws Exception {
        String head = "POST / HTTP/1.1\r\nHost: x\r\nMicro-Id: 7\r\nMicro-Endpoint: " + endpoint + "\r\nContent-Type: "
                + contentType + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        return raw.send(head).send(body).read();
    }

    private static void refuses(String endpoint, String contentType, byte[] body, String why) throws Exception {
        try (RawConnection raw = new RawConnection(address)) {
            RawConnection.Response answer = post(raw, endpoint, contentType, body);
            assertThat(answer.statusLine()).contains("200");
            MicroException error = MicroException.parse(answer.headers().getOrDefault("Micro-Error", "none"));
            assertThat(error.code()).as(error.detail()).isEqualTo(400);
            assertThat(error.id()).isEqualTo("bad");
            assertThat(error.detail()).contains(why);
            RawConnection.Response next = post(
                    raw, "Bad.Text", "application/protobuf", StringValue.of("x").toByteArray());
            assertThat(next.headers()).as("the next call").doesNotContainKey("Micro-Error");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "protobuf cut short | application/protobuf | 0a0561 | protobuf: ",
                "protobuf, a wire type that does not exist | application/protobuf | 0f | protobuf: ",
                "protobuf, text not UTF-8 | application/protobuf | 0a02c328 | protobuf: ",
                "proto-rpc of no bytes at all but two | application/proto-rpc | 0000 | proto-rpc: ",
                "proto-rpc, length of 4 GiB | application/proto-rpc | ffffffff | proto-rpc: ",
                "proto-rpc, head longer than what is there | application/proto-rpc | 0000001000 | proto-rpc: ",
                "proto-rpc, head is garbage | application/proto-rpc | 00000002ffff00000000 | proto-rpc: ",
                "json-rpc, no JSON | application/json-rpc | 7b7b | json",
                "JSON, no JSON | application/json | 7b7b | json: ",
                "JSON of another type | application/json | 5b5d | json: ",
            })
    void answersBytesThatAreNotWhatTheyClaim(String what, String contentType, String hex, String why) throws Exception {
        refuses("Bad.Text", contentType, HexFormat.of().parseHex(hex), why);
    }

    @ParameterizedTest
    @CsvSource({
        "Bad.Struct,application/json",
        "Bad.Plain,application/json",
        "Bad.Struct,application/json-rpc",
        "Bad.Plain,application/json-rpc",
    })
    void answersJsonThatIs100000Deep(String endpoint, String contentType) throws Exception {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String body = contentType.endsWith("rpc")
                ? "{\"method\":\"" + endpoint + "\",\"params\":[" + deep + "],\"id\":1}"
                : deep;
        refuses(endpoint, contentType, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), "json");
    }

    @Test
    void namesThePeerInTheLog() throws Exception {
        // a server of its own: a warning is rare, and this is its first
        try (RecordedLogs logs = RecordedLogs.of(Class.forName("dev.vertxmicro.server.rpc.Dispatch"))) {
            Timers timers = VertxTimers.of(VERTX);
            ServerParts parts = new ServerParts(
                    HttpTransport.create(VERTX, HttpTransportOptions.DEFAULTS), Registry.inMemory(timers), timers);
            Server server =
                    Server.create(ServerOptions.defaults().withName("log").withAddress("127.0.0.1:0"), parts);
            server.handle(
                    Endpoint.unary("Bad.Text", StringValue.class, StringValue.class),
                    (request, context) -> Future.succeededFuture(request));
            server.start().await(10, TimeUnit.SECONDS);
            try (RawConnection raw = new RawConnection(server.address())) {
                post(raw, "Bad.Text", "application/protobuf", new byte[] {0x0a});
            }
            assertThat(logs.next()).startsWith("request from 127.0.0.1:").contains(" refused: Bad.Text: protobuf: ");
        }
    }
}
