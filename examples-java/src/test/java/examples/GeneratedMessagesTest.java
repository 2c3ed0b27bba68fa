package examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import org.junit.jupiter.api.Test;
import pb.HelloRequest;

class GeneratedMessagesTest {
    @Test
    void surviveTheWire() throws InvalidProtocolBufferException {
        HelloRequest request = HelloRequest.newBuilder().setName("John").build();

        assertThat(HelloRequest.parseFrom(request.toByteArray())).isEqualTo(request);
    }
}
