import com.example.topics.SchoolEventsMessageTopics;
import com.example.topics.Student;
import com.example.topics.Topic;
import dev.vertxmicro.testkit.Loopback;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Publishes to generated topics and hears it; throws what is wrong. */
public final class Messages implements Runnable {
    @Override
    public void run() {
        Loopback loopback = new Loopback();
        List<String> heard = new ArrayList<>();
        loopback.server()
                .subscribe(SchoolEventsMessageTopics.GO_MICRO_SRV_MESSAGE, (student, context) -> {
                    heard.add(student.getName());
                    return Future.succeededFuture();
                })
                .subscribe(SchoolEventsMessageTopics.STUDENT_MOVED_, (topic, context) -> {
                    heard.add(topic.getText());
                    return Future.succeededFuture();
                });
        Student davie = Student.newBuilder().setName("davie").build();
        loopback.client().publish(SchoolEventsMessageTopics.GO_MICRO_SRV_MESSAGE, davie);
        loopback.client()
                .publish(
                        SchoolEventsMessageTopics.STUDENT_MOVED_,
                        Topic.newBuilder().setText("moved").build());
        if (!heard.equals(List.of("davie", "moved"))) {
            throw new AssertionError(heard);
        }
    }
}
