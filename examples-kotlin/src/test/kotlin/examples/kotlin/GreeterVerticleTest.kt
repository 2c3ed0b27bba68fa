package examples.kotlin

import dev.vertxmicro.junit5.MicroTest
import dev.vertxmicro.junit5.TestServices
import examples.kotlin.greeter.GreeterCoroutineService
import examples.kotlin.greeter.HelloRequest
import examples.kotlin.student.Student
import examples.kotlin.student.StudentCoroutineService
import examples.kotlin.student.StudentRequest
import examples.kotlin.student.StudentServiceCoroutineHandler
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

@MicroTest(GreeterVerticle::class, descriptor = "../conf/greeter.json")
class GreeterVerticleTest {
    @Test
    fun greets(services: TestServices) = runBlocking<Unit> {
        val ada = HelloRequest.newBuilder().setName("Ada").build()
        val greeter = GreeterCoroutineService.create("greeter", services.client())
        assertThat(greeter.hello(ada).greeting).isEqualTo("Hello Ada")
    }

    private class FakeStudents(private val student: Student) : StudentServiceCoroutineHandler {
        override suspend fun getStudent(request: StudentRequest): Student = student
    }

    @Test
    fun `runs beside a fake`(services: TestServices) = runBlocking<Unit> {
        val davie = Student.newBuilder().setName("davie").build()
        services.serve("student_service") { StudentServiceCoroutineHandler.register(it, FakeStudents(davie)) }
        val students = StudentCoroutineService.create("student_service", services.client())
        assertThat(students.getStudent(StudentRequest.getDefaultInstance())).isEqualTo(davie)
    }
}
