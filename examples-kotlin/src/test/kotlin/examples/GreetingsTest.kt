package examples

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import pb.HelloRequest

class GreetingsTest {
    @Test
    fun greetsByName() {
        val request = HelloRequest.newBuilder().setName("John").build()

        assertThat(greet(request).greeting).isEqualTo("Hello John")
    }
}
