package examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.junit5.MicroTest;
import dev.vertxmicro.junit5.TestServices;
import examples.greeter.GreeterService;
import examples.greeter.HelloRequest;
import examples.student.Student;
import examples.student.StudentRequest;
import examples.student.StudentService;
import examples.student.StudentServiceHandler;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

@MicroTest(value = GreeterVerticle.class, descriptor = "../conf/greeter.json")
class GreeterVerticleTest {

    @Test
    void greets(TestServices services) {
        HelloRequest ada = HelloRequest.newBuilder().setName("Ada").build();
        GreeterService greeter = GreeterService.create("greeter", services.client());
        assertThat(services.await(greeter.hello(ada)).getGreeting()).isEqualTo("Hello Ada");
    }

    @Test
    void runsBesideAFake(TestServices services) {
        Student davie = Student.newBuilder().setName("davie").build();
        services.serve(
                "student_service",
                server -> StudentServiceHandler.register(server, (request, context) -> Future.succeededFuture(davie)));
        StudentService students = StudentService.create("student_service", services.client());
        assertThat(services.await(students.getStudent(StudentRequest.getDefaultInstance())))
                .isEqualTo(davie);
    }
}
