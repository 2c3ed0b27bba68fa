package dev.vertxmicro.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientMetadataTest {
    private static final Visitor DAVIE = new Visitor("davie", Set.of(), Long.MAX_VALUE);

    private static MultiMap headers(String... names) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String name : names) {
            headers.set(name, "x");
        }
        return headers;
    }

    @Test
    void keepsFromClientsWhatServicesDecideBy() {
        MultiMap headers = headers(
                "md.Micro-Topic",
                "md.micro-from-service",
                "MD.X-Micro-Id",
                "md.Tenant",
                "md.Local",
                "md.Colour",
                "topic");
        assertThat(ClientMetadata.restrict(headers, Visitor.NOBODY, name -> false))
                .hasSize(5);
        assertThat(headers.names()).containsExactlyInAnyOrder("md.Colour", "topic");
    }

    @Test
    void letsThemSetWhatIsGrantedButNothingOfOneMessage() {
        MultiMap headers = headers("md.Micro-Topic", "md.Tenant", "md.Content-Type");
        ClientMetadata.restrict(headers, Visitor.NOBODY, name -> true);
        assertThat(headers.names()).containsExactlyInAnyOrder("md.Tenant", "md.Content-Type");
    }

    @Test
    void saysWhoTheyAre() {
        MultiMap headers = headers("md.micro-user");
        ClientMetadata.restrict(headers, DAVIE, name -> true);
        assertThat(headers.getAll("md.Micro-User")).containsExactly("davie");
        ClientMetadata.removeUser(headers);
        assertThat(headers.isEmpty()).isTrue();
        headers.set("md.Micro-User", "operator");
        ClientMetadata.restrict(headers, Visitor.NOBODY, name -> true);
        assertThat(headers.isEmpty()).isTrue();
    }

    @Test
    void leavesMetadataOnRepliesAlone() {
        MultiMap headers = headers(
                "micro-absent",
                "error",
                "md.Micro-Error",
                "md.Micro-Not-Taken",
                "md.From",
                "Content-Type",
                "micro-version");
        ClientMetadata.restrictReply(headers);
        assertThat(headers.names()).containsExactlyInAnyOrder("md.From", "Content-Type");
    }
}
