package examples;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import examples.student.Student;
import examples.student.StudentTopics;
import io.vertx.core.Future;

/** Hears of students: {@code bin/vertx run examples.MessageVerticle -conf conf/message.json}. */
public final class MessageVerticle extends ServiceVerticle {
    /** A message says what it is in; one that does not, such as a bare MQTT message, is JSON. */
    private static final Topic<Student> STUDENTS =
            StudentTopics.GO_MICRO_SRV_MESSAGE.withContentType("application/json");

    /** For the deployment by name. */
    public MessageVerticle() {}

    @Override
    protected void configure(Service service) {
        service.server().subscribe(STUDENTS, MessageVerticle::received);
    }

    private static Future<Void> received(Student student, CallContext context) {
        System.out.printf(
                "Received information of %s (%s): %s, %s, %d, %s%n",
                context.metadata().value("name", "nobody"),
                context.metadata().value("Content-Type", "no type"),
                student.getName(),
                student.getClasses(),
                student.getGrade(),
                student.getPhone());
        return Future.succeededFuture();
    }
}
