package examples;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import examples.student.Student;
import examples.student.StudentRequest;
import examples.student.StudentServiceHandler;
import io.vertx.core.Future;
import java.util.Map;

/** Knows two students. */
final class Students implements StudentServiceHandler {
    private static final Map<String, Student> BY_NAME = Map.of(
            "davie", student("davie", "Software Engineering Major", 80),
            "steven", student("steven", "Computer Science and Technology", 90));

    private static Student student(String name, String classes, int grade) {
        return Student.newBuilder()
                .setName(name)
                .setClasses(classes)
                .setGrade(grade)
                .setPhone("12345678901")
                .build();
    }

    @Override
    public Future<Student> getStudent(StudentRequest request, CallContext context) {
        Student student = BY_NAME.get(request.getName());
        return student == null
                ? Future.failedFuture(MicroException.notFound("student_service", "no student " + request.getName()))
                : Future.succeededFuture(student);
    }
}
