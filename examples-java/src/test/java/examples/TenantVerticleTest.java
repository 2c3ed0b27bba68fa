package examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.junit5.MicroTest;
import dev.vertxmicro.junit5.TestServices;
import dev.vertxmicro.message.CallContext;
import examples.greeter.GreeterService;
import examples.greeter.HelloRequest;
import org.junit.jupiter.api.Test;

@MicroTest(value = TenantVerticle.class, descriptor = "../conf/greeter.json")
class TenantVerticleTest {
    private static final HelloRequest ADA =
            HelloRequest.newBuilder().setName("Ada").build();

    @Test
    void greetsTenantsOnly(TestServices services) {
        GreeterService greeter = GreeterService.create("greeter", services.client());
        CallContext blue = CallContext.create().withMetadata("Tenant", "blue");
        assertThat(services.await(greeter.hello(blue, ADA)).getGreeting()).isEqualTo("Hello Ada");
        assertThatThrownBy(() -> services.await(greeter.hello(ADA)))
                .isInstanceOfSatisfying(
                        MicroException.class, error -> assertThat(error.code()).isEqualTo(403));
    }
}
