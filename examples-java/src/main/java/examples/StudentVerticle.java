package examples;

import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import examples.student.StudentServiceHandler;

/** Serves the students: {@code bin/vertx run examples.StudentVerticle -conf conf/student.json}. */
public final class StudentVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public StudentVerticle() {}

    @Override
    protected void configure(Service service) {
        StudentServiceHandler.register(service.server(), new Students());
    }
}
