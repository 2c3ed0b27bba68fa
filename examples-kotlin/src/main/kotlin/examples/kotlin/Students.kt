package examples.kotlin

import dev.vertxmicro.error.MicroException
import examples.kotlin.student.Student
import examples.kotlin.student.StudentRequest
import examples.kotlin.student.StudentServiceCoroutineHandler

/** Knows two students. */
class Students : StudentServiceCoroutineHandler {
    private val byName =
        listOf(
            student("davie", "Software Engineering Major", 80),
            student("steven", "Computer Science and Technology", 90),
        ).associateBy { it.name }

    override suspend fun getStudent(request: StudentRequest): Student =
        byName[request.name] ?: throw MicroException.notFound("student_service", "no student ${request.name}")

    private fun student(name: String, classes: String, grade: Int): Student = Student
        .newBuilder()
        .setName(name)
        .setClasses(classes)
        .setGrade(grade)
        .setPhone("12345678901")
        .build()
}
