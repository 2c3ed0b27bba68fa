package examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.testkit.Loopback;
import examples.student.Student;
import examples.student.StudentTopics;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageSubscriberTest {
    private final List<String> received = new ArrayList<>();

    private Future<Void> received(Student student, CallContext context) {
        received.add(context.metadata().value("name", "nobody") + ": " + student.getGrade());
        return student.getGrade() < 0
                ? Future.failedFuture(new IllegalArgumentException("grade"))
                : Future.succeededFuture();
    }

    @Test
    void hearsOfStudents() {
        Loopback loopback = new Loopback();
        loopback.server().subscribe(StudentTopics.GO_MICRO_SRV_MESSAGE, this::received);
        CallContext davie = CallContext.create().withMetadata("name", "davie");
        Student good = Student.newBuilder().setGrade(80).build();
        Student bad = Student.newBuilder().setGrade(-1).build();
        Future<Void> taken = loopback.publish(davie, StudentTopics.GO_MICRO_SRV_MESSAGE, good);
        Future<Void> refused = loopback.publish(davie, StudentTopics.GO_MICRO_SRV_MESSAGE, bad);
        assertThat(received).containsExactly("davie: 80", "davie: -1");
        assertThat(taken.succeeded()).isTrue();
        assertThat(refused.failed()).isTrue();
    }
}
