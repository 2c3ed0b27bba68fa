package examples.kotlin

import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.service.Service
import examples.kotlin.student.StudentServiceCoroutineHandler

/** Serves the students: `bin/vertx run examples.kotlin.StudentVerticle -conf conf/student.json`. */
class StudentVerticle : CoroutineServiceVerticle() {
    override suspend fun setUp(service: Service) {
        StudentServiceCoroutineHandler.register(service.server(), Students())
    }
}
