package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.FailedCall;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Endpoint.Kind;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The end of a call says which call it was, to people; peers are sent what go-micro sends. */
class FailedCallTest {
    private static final Endpoint<String, String> HELLO = Endpoint.unary("Greeter.Hello", String.class, String.class);
    private static final Endpoint<String, String> GET = Endpoint.unary("Students.Get", String.class, String.class);
    private static final Endpoint<String, String> TALK =
            new Endpoint<>("Greeter.Talk", String.class, String.class, Kind.BIDIRECTIONAL, false);
    private static final String LATE =
            "{\"id\":\"go.micro.client\",\"code\":408,\"detail\":\"call timeout: context deadline exceeded\","
                    + "\"status\":\"Request Timeout\"}";

    private final ManualTimers timers = Timers.manual();
    private final Loopback greeter = Loopback.on(timers);
    private final Loopback students = Loopback.on(timers);
    private final Promise<String> never = Promise.promise();

    @Test
    void namesServiceEndpointNodeAndTime() {
        greeter.server().handle(HELLO, (request, context) -> never.future());
        MicroException error = failure(greeter.client().call(Request.of("greeter", HELLO, "hi")));
        String node = greeter.server().address();
        assertThat(error).hasMessage(LATE + " [call of greeter Greeter.Hello at " + node + ", after 5.000 s]");
        assertThat(error.text()).isEqualTo(LATE);
        assertThat(error.toString()).contains("Greeter.Hello");
    }

    @Test
    void tellsTheAnswerOfANodeFromAnErrorOfItsOwn() {
        greeter.server().handle(HELLO, (request, context) -> Future.failedFuture(MicroException.forbidden("x", "no")));
        MicroException error = failure(greeter.client().call(Request.of("greeter", HELLO, "hi")));
        assertThat(error.call()).map(FailedCall::answered).contains(true);
        assertThat(error.getMessage()).contains(" [answer of greeter Greeter.Hello at ");
        assertThat(error.text()).isEqualTo(MicroException.forbidden("x", "no").text());
    }

    @Test
    void namesTheHopWhereANestedCallWasLate() {
        students.server().handle(GET, (request, context) -> never.future());
        greeter.server().handle(HELLO, (request, context) -> students.client()
                .call(context, Request.of("students", GET, request)));
        CallContext patient = CallContext.create();
        Request<String, String> request = Request.of("greeter", HELLO, "hi");
        Future<String> call = greeter.client()
                .call(patient, request.withOptions(request.options().withRequestTimeout(Duration.ofSeconds(9))));
        try (RecordedLogs logs = RecordedLogs.ofAll()) {
            MicroException error = failure(call);
            assertThat(error.text()).isEqualTo(LATE);
            assertThat(error.getMessage())
                    .contains("answer of greeter Greeter.Hello at ")
                    .endsWith(", via students Students.Get]");
            assertThat(logs.all()).singleElement().asString().contains("handler of Greeter.Hello failed, called by");
            assertThat(logs.all())
                    .singleElement()
                    .asString()
                    .contains("call of students Students.Get at "
                            + students.server().address());
        }
    }

    @Test
    void namesTheHopOfAStream() {
        students.server().handle(GET, (request, context) -> Future.failedFuture(MicroException.notFound("s", "no x")));
        greeter.server().handleStream(TALK, (stream, context) -> students.client()
                .call(context, Request.of("students", GET, "x"))
                .mapEmpty());
        ClientStream<String, String> stream = greeter.client().stream(
                        CallContext.create(), Request.of("greeter", TALK, ""))
                .result();
        MicroException error = (MicroException) stream.ended().cause();
        assertThat(error.getMessage())
                .contains("\"detail\":\"no x\"", "answer of greeter Greeter.Talk at ")
                .endsWith(", via students Students.Get]");
    }

    @Test
    void logsWhoCalledAndTheNumberOfTheCall() {
        greeter.server().handle(HELLO, (request, context) -> Future.failedFuture(new IllegalStateException("broken")));
        CallContext context = CallContext.create().withMetadata("Micro-From-Service", "shop\nINFO forged");
        try (RecordedLogs logs = RecordedLogs.ofAll()) {
            failure(greeter.client().call(context, Request.of("greeter", HELLO, "hi")));
            assertThat(logs.all())
                    .singleElement()
                    .asString()
                    .matches("handler of Greeter.Hello failed, called by 127.0.0.1:0 \\(shop INFO forged\\), id \\d+");
        }
    }

    @Test
    void takesNoMoreThanALineOfWhatAPeerSays() {
        FailedCall call = new FailedCall("a", "A.B", "", Duration.ofMillis(1500), true, "x\ny".repeat(1000));
        assertThat(call.via()).hasSize(256).doesNotContain("\n");
        assertThat(call.route()).hasSize(256);
    }

    private MicroException failure(Future<String> call) {
        timers.advance(Duration.ofSeconds(5));
        return (MicroException) call.cause();
    }
}
