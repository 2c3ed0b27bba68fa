package examples.kotlin

import dev.vertxmicro.kotlin.currentCallContext
import dev.vertxmicro.kotlin.subscribeSuspending
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.testkit.Loopback
import examples.kotlin.student.Student
import examples.kotlin.student.StudentTopics
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

class MessageSubscriberTest {
    private val received = mutableListOf<String>()

    private suspend fun received(student: Student) {
        received += "${currentCallContext().metadata().value("name", "nobody")}: ${student.grade}"
        require(student.grade >= 0)
    }

    @Test
    fun `hears of students`() {
        val loopback = Loopback()
        loopback.server().subscribeSuspending(StudentTopics.GO_MICRO_SRV_MESSAGE, handler = ::received)
        val davie = CallContext.create().withMetadata("name", "davie")
        val good = Student.newBuilder().setGrade(80).build()
        val bad = Student.newBuilder().setGrade(-1).build()
        val taken = loopback.publish(davie, StudentTopics.GO_MICRO_SRV_MESSAGE, good)
        val refused = loopback.publish(davie, StudentTopics.GO_MICRO_SRV_MESSAGE, bad)
        assertThat(received).containsExactly("davie: 80", "davie: -1")
        assertThat(taken.succeeded()).isTrue()
        assertThat(refused.failed()).isTrue()
    }
}
