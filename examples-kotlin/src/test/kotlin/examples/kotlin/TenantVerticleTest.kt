package examples.kotlin

import dev.vertxmicro.error.MicroException
import dev.vertxmicro.junit5.MicroTest
import dev.vertxmicro.junit5.TestServices
import dev.vertxmicro.kotlin.withCallContext
import dev.vertxmicro.message.CallContext
import examples.kotlin.greeter.GreeterCoroutineService
import examples.kotlin.greeter.HelloRequest
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

@MicroTest(TenantVerticle::class, descriptor = "../conf/greeter.json")
class TenantVerticleTest {
    @Test
    fun `greets tenants only`(services: TestServices) = runBlocking<Unit> {
        val ada = HelloRequest.newBuilder().setName("Ada").build()
        val greeter = GreeterCoroutineService.create("greeter", services.client())
        val blue = CallContext.create().withMetadata("Tenant", "blue")
        assertThat(withCallContext(blue) { greeter.hello(ada) }.greeting).isEqualTo("Hello Ada")
        val refusal = runCatching { greeter.hello(ada) }.exceptionOrNull() as MicroException
        assertThat(refusal.code()).isEqualTo(403)
    }
}
