package dev.vertxmicro.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedCallTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mayBeRepeatedWhereTheSchemaSaysSo(boolean repeatable) {
        TypedCall call = new TypedCall("s", "S.Call", "", List.of(), Duration.ofSeconds(1));
        call.idempotent(repeatable);
        assertThat(call.request("application/json", Buffer.buffer()).endpoint().idempotent())
                .isEqualTo(repeatable);
    }
}
