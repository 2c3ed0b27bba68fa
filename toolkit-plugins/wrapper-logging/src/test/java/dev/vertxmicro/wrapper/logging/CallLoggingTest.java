package dev.vertxmicro.wrapper.logging;

import static dev.vertxmicro.wrapper.logging.Service.CHAT;
import static dev.vertxmicro.wrapper.logging.Service.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which line there is for what becomes of a call, a stream or a message, on both sides. */
class CallLoggingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final CallContext TRACED =
            CallContext.create().withMetadata("Traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");

    private final ManualTimers timers = Timers.manual();
    private Service service = new Service(LoggingOptions.DEFAULTS, timers);

    private void options(LoggingOptions options) {
        service = new Service(options, timers);
    }

    private void answers(Future<StringValue> answer) {
        service.server.handle(HELLO, (request, context) -> answer);
        service.server.start();
    }

    private Future<StringValue> call(CallContext context) {
        return service.client.call(context, Request.of("greeter", HELLO, StringValue.of("secret")));
    }

    private static MicroException error(int code) {
        return MicroException.of("greeter", code, "out of luck").withoutStackTrace();
    }

    @Test
    void aCallThatSucceedsHasALineOnEachSide() {
        answers(Future.succeededFuture(StringValue.of("hello")));
        assertThat(call(TRACED.withMetadata("Micro-From-Service", "web")).succeeded())
                .isTrue();
        assertThat(service.served.line())
                .isEqualTo(
                        "INFO call Greeter.Hello 200 kind=call code=200 duration_ms=0.000 side=server service=greeter"
                                + " endpoint=Greeter.Hello node=greeter-1 caller=web peer=127.0.0.1:0 call_id=0 trace_id="
                                + TRACE
                                + " request_bytes=8 response_bytes=7");
        assertThat(service.called.line())
                .isEqualTo(
                        "INFO call Greeter.Hello 200 kind=call code=200 duration_ms=0.000 side=client service=greeter"
                                + " endpoint=Greeter.Hello node=127.0.0.1:9 caller=greeter attempts=1 call_id=0 trace_id="
                                + TRACE
                                + " request_bytes=8 response_bytes=7");
    }

    @Test
    void whatFailsIsLouderUnlessItIsTheCallersFault() {
        answers(Future.failedFuture(error(500)));
        call(TRACED);
        assertThat(service.served.line())
                .startsWith("WARNING call Greeter.Hello 500")
                .endsWith("error=\"out of luck\"");
        assertThat(service.called.line())
                .startsWith("WARNING call Greeter.Hello 500")
                .endsWith("error=\"out of luck\"");
        options(LoggingOptions.DEFAULTS);
        answers(Future.failedFuture(error(403)));
        call(TRACED);
        assertThat(service.served.line()).startsWith("INFO call Greeter.Hello 403");
    }

    @Test
    void whatAHandlerThrewIsNamedAndNotTold() {
        answers(Future.failedFuture(new IllegalStateException("password is 1234")));
        call(TRACED);
        assertThat(service.served.line())
                .startsWith("WARNING call Greeter.Hello 500")
                .endsWith("error=java.lang.IllegalStateException");
        assertThat(service.called.line()).doesNotContain("1234");
    }

    @Test
    void aHandlerThatAnswersNullHasFailed() {
        answers(Future.succeededFuture());
        call(TRACED);
        assertThat(service.served.line()).startsWith("WARNING call Greeter.Hello 500");
    }

    @Test
    void aCallWhoseTimeIsUpHasItsLineThenAndNoOtherLater() {
        Promise<StringValue> never = Promise.promise();
        answers(never.future());
        call(TRACED);
        timers.advance(Duration.ofSeconds(6));
        assertThat(service.served.line())
                .startsWith("WARNING call Greeter.Hello 408")
                .contains("duration_ms=5");
        assertThat(service.called.line()).startsWith("WARNING call Greeter.Hello 408");
        never.complete(StringValue.of("late"));
        assertThat(service.served.line()).contains("408");
    }

    @Test
    void aCallForWhichThereIsNoHandlerIsMarked() {
        answers(Future.succeededFuture(StringValue.of("hello")));
        Endpoint<StringValue, StringValue> bye = Endpoint.unary("Greeter.Bye", StringValue.class, StringValue.class);
        service.client.call(TRACED, Request.of("greeter", bye, StringValue.of("x")));
        assertThat(service.served.line())
                .startsWith("WARNING call Greeter.Bye 500")
                .contains("refused=true");
    }

    @Test
    void streamsTellHowManyMessagesWentBothWays() {
        service.server.handleStream(CHAT, (stream, context) -> {
            stream.onMessage(message -> {
                stream.send(message);
                stream.send(message);
            });
            return stream.ended();
        });
        service.server.start();
        ClientStream<StringValue, StringValue> stream = service.client.stream(
                        TRACED, Request.of("greeter", CHAT, StringValue.of("")))
                .result();
        stream.onMessage(message -> {});
        stream.send(StringValue.of("hi"));
        stream.end();
        assertThat(service.served.line())
                .startsWith("INFO stream Greeter.Chat 200 kind=stream code=200")
                .endsWith("received=1 sent=2");
        assertThat(service.called.line())
                .startsWith("INFO stream Greeter.Chat 200 kind=stream code=200")
                .endsWith("received=2 sent=1");
    }

    @Test
    void aStreamThatIsGivenUpHasItsLine() {
        service.server.handleStream(
                CHAT, (stream, context) -> Promise.<Void>promise().future());
        service.server.start();
        ClientStream<StringValue, StringValue> stream = service.client.stream(
                        TRACED, Request.of("greeter", CHAT, StringValue.of("")))
                .result();
        stream.cancel(error(408));
        assertThat(service.served.line()).startsWith("WARNING stream Greeter.Chat 408");
        assertThat(service.called.line()).startsWith("WARNING stream Greeter.Chat 408");
    }

    @Test
    void messagesHaveALineWherePublishedAndWhereHandled() {
        service.server.subscribe("events", StringValue.class, (message, context) -> Future.succeededFuture());
        service.server.start();
        service.client.publish(TRACED, Topic.of("events", StringValue.class), StringValue.of("hi"));
        assertThat(service.called.line())
                .startsWith("INFO message events 200 kind=message code=200")
                .contains("side=client topic=events caller=greeter trace_id=" + TRACE)
                .endsWith("message_bytes=4");
        assertThat(service.served.line())
                .startsWith("INFO message events 200 kind=message code=200")
                .contains("side=server service=greeter topic=events")
                .contains("trace_id=" + TRACE);
    }

    @Test
    void aCallWithoutATraceIsGivenOneThatGoesOnWithAllItCauses() {
        Service self = service;
        Endpoint<StringValue, StringValue> inner =
                Endpoint.unary("Greeter.Inner", StringValue.class, StringValue.class);
        service.server.handle(inner, (request, context) -> Future.succeededFuture(request));
        service.server.subscribe("events", StringValue.class, (message, context) -> Future.succeededFuture());
        service.server.handle(HELLO, (request, context) -> self.client
                .publish(context, Topic.of("events", StringValue.class), request)
                .compose(done -> self.client.call(context, Request.of("greeter", inner, request))));
        service.server.start();
        assertThat(call(CallContext.create()).succeeded()).isTrue();
        List<String> traces = new ArrayList<>();
        Pattern trace = Pattern.compile(" trace_id=([0-9a-f]{32})");
        for (String line : service.served.lines()) {
            Matcher found = trace.matcher(line);
            assertThat(found.find()).as(line).isTrue();
            traces.add(found.group(1));
        }
        assertThat(traces).hasSize(3);
        assertThat(traces).containsOnly(traces.get(0));
        assertThat(service.called.lines()).hasSize(3).allMatch(line -> line.contains(traces.get(0)));
    }

    @Test
    void noRequestIdIsSentWhereNoneIsWished() {
        options(LoggingOptions.DEFAULTS.withRequestId(false));
        AtomicReference<String> sent = new AtomicReference<>();
        service.server.handle(HELLO, (request, context) -> {
            sent.set(context.metadata().value("X-Request-Id", "none"));
            return Future.succeededFuture(request);
        });
        service.server.start();
        call(CallContext.create());
        assertThat(sent).hasValue("none");
    }

    @Test
    void oneOfSoManyIsSampledAndFailuresAndSlowOnesAlways() {
        options(LoggingOptions.DEFAULTS.withSample(10));
        service.server.handle(HELLO, (request, context) -> Future.succeededFuture(StringValue.of("a")));
        service.server.start();
        for (int i = 0; i < 2000; i++) {
            call(CallContext.create().withMetadata("X-Request-Id", "request-" + i));
            timers.advance(Duration.ofMillis(10));
        }
        assertThat(service.served.lines()).hasSizeBetween(150, 250);
        assertThat(service.called.lines()).as("the same on both sides").hasSameSizeAs(service.served.lines());
        options(LoggingOptions.DEFAULTS.withSample(0));
        answers(Future.succeededFuture(StringValue.of("a")));
        call(TRACED);
        assertThat(service.served.lines()).isEmpty();
        options(LoggingOptions.DEFAULTS.withSample(0));
        answers(Future.failedFuture(error(500)));
        call(TRACED);
        assertThat(service.served.lines()).hasSize(1);
        options(LoggingOptions.DEFAULTS.withSample(0));
        Promise<StringValue> slow = Promise.promise();
        answers(slow.future());
        call(TRACED);
        timers.advance(Duration.ofSeconds(1));
        slow.complete(StringValue.of("a"));
        assertThat(service.served.line())
                .startsWith("WARNING call Greeter.Hello 200")
                .contains("duration_ms=1000.000");
    }

    @Test
    void levelsAreThoseOfTheSettings() {
        options(LoggingOptions.DEFAULTS.withSuccessLevel(Level.OFF).withFailureLevel(Level.ERROR));
        answers(Future.succeededFuture(StringValue.of("a")));
        call(TRACED);
        assertThat(service.served.lines()).isEmpty();
        options(LoggingOptions.DEFAULTS.withFailureLevel(Level.ERROR));
        answers(Future.failedFuture(error(503)));
        call(TRACED);
        assertThat(service.served.line()).startsWith("ERROR call");
    }

    @Test
    void noPayloadAndNoMetadataIsShownUnlessAskedFor() {
        answers(Future.succeededFuture(StringValue.of("hello")));
        call(TRACED.withMetadata("Authorization", "Bearer abc").withMetadata("Tenant", "blue"));
        assertThat(service.served.line()).doesNotContain("secret", "abc", "blue");
        assertThat(service.called.line()).doesNotContain("secret", "abc", "blue");
        options(LoggingOptions.DEFAULTS.withPayloads(true).withPayloadChars(10).withMetadata("Tenant"));
        answers(Future.succeededFuture(StringValue.of("hello")));
        call(TRACED.withMetadata("Authorization", "Bearer abc").withMetadata("Tenant", "blue"));
        for (String line : List.of(service.served.line(), service.called.line())) {
            assertThat(line)
                    .contains("metadata.Tenant=blue", "request=\"value: \\\"se...\"", "response=\"value: \\\"he...\"")
                    .doesNotContain("abc");
        }
    }

    @Test
    void moreLinesThanAllowedAreCounted() {
        options(LoggingOptions.DEFAULTS.withLinesPerSecond(3));
        answers(Future.succeededFuture(StringValue.of("a")));
        for (int i = 0; i < 10; i++) {
            call(TRACED);
        }
        assertThat(service.served.lines()).hasSize(3);
        timers.advance(Duration.ofSeconds(1));
        assertThat(service.served.lines()).hasSize(4);
        assertThat(service.served.lines().get(3))
                .isEqualTo("WARNING lines about calls left out lines=7 of=successes lines_per_second=3");
        call(TRACED);
        assertThat(service.served.lines()).hasSize(5);
    }

    @Test
    void successesLeaveRoomForFailures() {
        options(LoggingOptions.DEFAULTS.withLinesPerSecond(1));
        AtomicReference<Future<StringValue>> answer =
                new AtomicReference<>(Future.succeededFuture(StringValue.of("a")));
        service.server.handle(HELLO, (request, context) -> Objects.requireNonNull(answer.get()));
        service.server.start();
        call(TRACED);
        call(TRACED);
        answer.set(Future.failedFuture(error(500)));
        call(TRACED);
        assertThat(service.served.lines()).hasSize(2);
        assertThat(service.served.lines().get(1)).startsWith("WARNING call Greeter.Hello 500");
    }

    @Test
    void aLogThatFailsHarmsNoCall() {
        answers(Future.succeededFuture(StringValue.of("a")));
        service.served.breaks();
        service.called.breaks();
        assertThat(call(TRACED).succeeded()).isTrue();
    }

    @Test
    void whatPeersChoseIsCutAndStaysOnItsLine() {
        answers(Future.succeededFuture(StringValue.of("a")));
        call(TRACED.withMetadata("Micro-From-Service", "x".repeat(10_000)));
        assertThat(service.served.line().length()).isLessThan(700);
    }
}
