package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.vertxmicro.interop.peer.Item;
import dev.vertxmicro.testkit.program.ChildProcess;
import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.NetworkNamespace;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Publishers and subscribers in Go and in Java, found by mDNS, with go-micro's http broker on the side of Go. */
@Requires({Requirement.GO, Requirement.NETWORK})
class HttpBrokerWithGoTest {
    private static final NetworkNamespace NETWORK = NetworkNamespace.create().withMulticast();
    private static final String PROTOBUF = "application/protobuf";
    private static final String JSON = "application/json";

    @AfterAll
    static void leave() {
        NETWORK.close();
    }

    private static GoProcess goSubscribes(String... arguments) {
        GoProcess process = Programs.GO.start(NETWORK, Programs.words("subscribe", arguments));
        process.await("\"subscribed\"");
        return process;
    }

    private static JavaProcess javaSubscribes(String... arguments) {
        JavaProcess process =
                JavaProcess.start(NETWORK, TopicProgram.class.getName(), Programs.words("subscribe", arguments));
        process.await("\"subscribed\"");
        return process;
    }

    private static ChildProcess goPublishes(int subscribers, String topic, String type, String... texts) {
        return Programs.GO.start(
                NETWORK,
                Programs.words("publish", "-topic", topic, "-type", type, "-subscribers", "" + subscribers, texts));
    }

    private static ChildProcess javaPublishes(String topic, String type, String... texts) {
        return JavaProcess.start(NETWORK, TopicProgram.class.getName(), Programs.words("publish", topic, type, texts));
    }

    private static JsonObject message(ChildProcess subscriber) {
        return new JsonObject(subscriber.await("\"topic\""));
    }

    private static void assertItem(JsonObject message, String topic, String type, int number, String text)
            throws InvalidProtocolBufferException {
        assertThat(message.getString("topic")).isEqualTo(topic);
        JsonObject header = message.getJsonObject("header");
        assertThat(header.fieldNames()).containsExactlyInAnyOrder("Content-Type", "Micro-Id", "Micro-Topic", "name");
        assertThat(header.getString("Content-Type")).isEqualTo(type);
        assertThat(header.getString("Micro-Topic")).isEqualTo(topic);
        assertThat(header.getString("Micro-Id")).hasSize(36);
        assertThat(header.getString("name")).isEqualTo("davie");
        byte[] body = message.getBinary("body");
        if (type.equals(PROTOBUF)) {
            assertThat(Item.parseFrom(body))
                    .isEqualTo(Item.newBuilder().setNumber(number).setText(text).build());
        } else {
            assertThat(new JsonObject(new String(body, StandardCharsets.UTF_8)).getString("text"))
                    .isEqualTo(text);
        }
    }

    private static void assertEmpty(JsonObject message) {
        assertThat(message.getJsonObject("header")).isEqualTo(new JsonObject().put("Empty", "yes"));
        assertThat(message.getValue("body", "")).isIn("", null);
    }

    @Test
    void goPublishesAndOursReceive() throws InvalidProtocolBufferException {
        try (JavaProcess all = javaSubscribes("go.to.java");
                JavaProcess queue = javaSubscribes("go.to.java", "mail")) {
            try (ChildProcess publisher = goPublishes(2, "go.to.java", PROTOBUF, "davie", "-", "grüß dich")) {
                for (JavaProcess subscriber : List.of(all, queue)) {
                    // go-micro takes each message in a goroutine of its own: in no order.
                    List<JsonObject> messages = List.of(message(subscriber), message(subscriber), message(subscriber));
                    assertItem(named(messages, 0), "go.to.java", PROTOBUF, 0, "davie");
                    assertItem(named(messages, 2), "go.to.java", PROTOBUF, 2, "grüß dich");
                    assertThat(messages).anySatisfy(HttpBrokerWithGoTest::assertEmpty);
                }
                publisher.await("\"published\":3");
            }
            try (ChildProcess publisher = goPublishes(2, "go.to.java", JSON, "davie")) {
                assertItem(message(all), "go.to.java", JSON, 0, "davie");
                assertItem(message(queue), "go.to.java", JSON, 0, "davie");
                publisher.await("\"published\":1");
            }
        }
    }

    private static JsonObject named(List<JsonObject> messages, int number) throws InvalidProtocolBufferException {
        for (JsonObject message : messages) {
            byte[] body = message.getBinary("body", new byte[0]);
            if (body.length > 0 && Item.parseFrom(body).getNumber() == number) {
                return message;
            }
        }
        throw new AssertionError(number + " is not among " + messages);
    }

    @Test
    void oursPublishesAndGoReceives() throws InvalidProtocolBufferException {
        try (GoProcess all = goSubscribes("-topic", "java.to.go");
                GoProcess queue = goSubscribes("-topic", "java.to.go", "-queue", "mail")) {
            for (String type : List.of(PROTOBUF, JSON)) {
                try (ChildProcess publisher = javaPublishes("java.to.go", type, "davie", "-", "grüß dich")) {
                    publisher.await("\"published\":3");
                    for (GoProcess subscriber : List.of(all, queue)) {
                        assertItem(message(subscriber), "java.to.go", type, 0, "davie");
                        assertEmpty(message(subscriber));
                        assertItem(message(subscriber), "java.to.go", type, 2, "grüß dich");
                    }
                }
            }
        }
    }

    @Test
    void oneOfAQueueInGoReceivesEachInOrder() {
        String[] texts = IntStream.range(0, 300).mapToObj(i -> "t" + i).toArray(String[]::new);
        try (GoProcess one = goSubscribes("-topic", "queue.in.go", "-queue", "mail");
                GoProcess two = goSubscribes("-topic", "queue.in.go", "-queue", "mail");
                GoProcess all = goSubscribes("-topic", "queue.in.go");
                ChildProcess publisher = javaPublishes("queue.in.go", JSON, texts)) {
            publisher.await("\"published\":300");
            List<Integer> first = numbers(one);
            List<Integer> second = numbers(two);
            assertThat(first).isSorted().isNotEmpty();
            assertThat(second).isSorted().isNotEmpty();
            assertThat(IntStream.concat(ints(first), ints(second)).sorted().boxed())
                    .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
            assertThat(numbers(all))
                    .as("pipelined, but in order")
                    .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
        }
    }

    /** What both receive, until it is so much: who is ended loses what is on its way to him. */
    private static List<Integer> together(ChildProcess one, ChildProcess other, int count) throws InterruptedException {
        List<Integer> numbers = new ArrayList<>();
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (numbers.size() < count && System.nanoTime() - limit < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
            numbers.addAll(numbers(one.lines()));
            numbers.addAll(numbers(other.lines()));
        }
        return numbers;
    }

    private static IntStream ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue);
    }

    private static List<Integer> numbers(ChildProcess subscriber) {
        subscriber.terminate();
        return numbers(subscriber.lines());
    }

    private static List<Integer> numbers(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("\"topic\""))
                .map(line -> new JsonObject(new String(new JsonObject(line).getBinary("body"), StandardCharsets.UTF_8))
                        .getString("text"))
                .map(text -> Integer.valueOf(text.substring(1)))
                .toList();
    }

    @Test
    void oneOfAMixedQueueReceivesWhatGoPublishes() throws InterruptedException {
        String[] texts = IntStream.range(0, 20).mapToObj(i -> "t" + i).toArray(String[]::new);
        try (JavaProcess ours = javaSubscribes("mixed.queue", "mail");
                GoProcess go = goSubscribes("-topic", "mixed.queue", "-queue", "mail");
                JavaProcess all = javaSubscribes("mixed.queue");
                ChildProcess publisher = goPublishes(3, "mixed.queue", JSON, texts)) {
            publisher.await("\"published\":20");
            for (int i = 0; i < texts.length; i++) {
                message(all);
            }
            assertThat(together(ours, go, texts.length))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 20).boxed().toList());
        }
    }

    @Test
    void theSampleRunsAndOpensNoPortForNobody() {
        try (JavaProcess server =
                Programs.vertx(NETWORK, "run", "examples.GreeterVerticle", "-conf", "../../conf/http-broker.json")) {
            assertThat(server.await("Broker [http] Connected to ")).endsWith("Broker [http] Connected to :0");
        }
    }
}
