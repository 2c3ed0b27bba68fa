package examples;

import dev.vertxmicro.verticle.DescribedClient;
import examples.student.StudentRequest;
import examples.student.StudentService;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Looks a student up and prints what is known: {@code StudentClient [NAME]}. */
public final class StudentClient {
    private StudentClient() {}

    /**
     * Looks one student up.
     *
     * @param args whom to look up
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        DescribedClient client = DescribedClient.create(vertx, new JsonObject());
        StudentRequest request = StudentRequest.newBuilder()
                .setName(args.length == 0 ? "davie" : args[0])
                .build();
        StudentService.create("student_service", client)
                .getStudent(request)
                .onSuccess(System.out::print)
                .onFailure(failure -> System.err.println(failure.getMessage()))
                .eventually(client::close)
                .onComplete(done -> vertx.close().onComplete(closed -> System.exit(done.succeeded() ? 0 : 1)));
    }
}
