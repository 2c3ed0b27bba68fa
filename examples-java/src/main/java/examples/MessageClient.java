package examples;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.PublishedWhen;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.verticle.DescribedClient;
import examples.student.Student;
import examples.student.StudentTopics;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Publishes a student as its descriptor says, in protobuf or JSON: {@code MessageClient FILE}. */
public final class MessageClient {
    private MessageClient() {}

    /**
     * Publishes one student.
     *
     * @param args the descriptor
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        JsonObject descriptor = new JsonObject(vertx.fileSystem().readFileBlocking(args[0]));
        // This process ends: no message is to be held for subscribers that come later.
        descriptor.mergeIn(new JsonObject("{\"broker\": {\"http\": {\"mandatory\": true}}}"), true);
        DescribedClient client = DescribedClient.create(vertx, descriptor);
        Student student = Student.newBuilder()
                .setName("davie")
                .setClasses("Software Engineering Major")
                .setGrade(80)
                .setPhone("12345678901")
                .build();
        CallContext context = CallContext.create().withMetadata("name", student.getName());
        client.publish(context, StudentTopics.GO_MICRO_SRV_MESSAGE, student)
                .onSuccess(done -> System.out.println(said(client.broker())))
                .onFailure(failure -> System.err.println("Failed to publish message: " + failure.getMessage()))
                .eventually(client::close)
                .onComplete(done -> vertx.close().onComplete(closed -> System.exit(done.succeeded() ? 0 : 1)));
    }

    /** Says no more than the broker knows. */
    private static String said(Broker broker) {
        return broker.traits().publishedWhen() == PublishedWhen.HANDLED
                ? "Message published, all subscribers have handled it"
                : "Message published to the broker " + broker.type() + ", which does not tell who gets it";
    }
}
