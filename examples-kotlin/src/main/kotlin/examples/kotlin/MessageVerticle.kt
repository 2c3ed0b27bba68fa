package examples.kotlin

import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.kotlin.currentCallContext
import dev.vertxmicro.kotlin.subscribeSuspending
import dev.vertxmicro.service.Service
import examples.kotlin.student.Student
import examples.kotlin.student.StudentTopics

/** Hears of students: `bin/vertx run examples.kotlin.MessageVerticle -conf conf/message.json`. */
class MessageVerticle : CoroutineServiceVerticle() {
    override suspend fun setUp(service: Service) {
        // A message says what it is in; one that does not, such as a bare MQTT message, is JSON.
        val students = StudentTopics.GO_MICRO_SRV_MESSAGE.withContentType("application/json")
        service.server().subscribeSuspending(students, handler = ::received)
    }

    private suspend fun received(student: Student) {
        val headers = currentCallContext().metadata()
        val from = "${headers.value("name", "nobody")} (${headers.value("Content-Type", "no type")})"
        println(
            "Received information of $from: ${student.name}, ${student.classes}, ${student.grade}, ${student.phone}",
        )
    }
}
