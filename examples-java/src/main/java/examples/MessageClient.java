package examples;

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
        DescribedClient client = DescribedClient.create(vertx, descriptor);
        Student student = Student.newBuilder()
                .setName("davie")
                .setClasses("Software Engineering Major")
                .setGrade(80)
                .setPhone("12345678901")
                .build();
        CallContext context = CallContext.create().withMetadata("name", student.getName());
        client.publish(context, StudentTopics.GO_MICRO_SRV_MESSAGE, student)
                .onSuccess(done -> System.out.println("Message published successfully"))
                .onFailure(failure -> System.err.println("Failed to publish message: " + failure.getMessage()))
                .eventually(client::close)
                .onComplete(done -> vertx.close());
    }
}
