package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.NetworkNamespace;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every row, with every content type, in every direction, found by mDNS. Go against Go is the control: what fails there too is
 * not ours. The result stands in docs/interop.md; {@code -Dgolden=write} writes it.
 */
@Requires({Requirement.GO, Requirement.NETWORK})
class MatrixTest {
    private static final String TYPES = String.join(",", Matrix.TYPES);
    /** All rows but the one that is slow, for the variants. */
    static final String[] FEWER = Row.ALL.stream()
            .map(Row::name)
            .filter(name -> !name.contains("concurrent"))
            .toArray(String[]::new);

    private static final JsonObject NOTHING = new JsonObject();

    private static final NetworkNamespace NETWORK = NetworkNamespace.create().withMulticast();

    @AfterAll
    static void leave() {
        NETWORK.close();
    }

    @Test
    void everyCellPasses() throws IOException {
        Matrix matrix = new Matrix();
        try (GoProcess go = Programs.serveGo(NETWORK, "go.peer");
                JavaProcess java = Programs.serveJava(NETWORK, "java.peer", NOTHING)) {
            matrix.add("Java → Go", Programs.callJava(NETWORK, "go.peer", TYPES, NOTHING));
            matrix.add("Go → Java", Programs.callGo(NETWORK, "java.peer", TYPES));
            matrix.add("Go → Go", Programs.callGo(NETWORK, "go.peer", TYPES));
            assertThat(go.lines()).as("what the server in Go says").noneMatch(line -> line.contains("panic"));
            assertThat(java.lines()).as("what the server in Java says").noneMatch(line -> line.contains("SEVERE"));
        }
        System.out.println(matrix.markdown());
        assertThat(matrix.failures()).isEmpty();
        matrix.recorded("<!-- matrix: written by MatrixTest -->", "<!-- end of matrix -->");
    }

    /** Peers older than the metadata entry protocol get and send envelopes, whatever the content type. */
    @Test
    void everyRowPassesWithPeersOfTheTimeBeforeProtocol() {
        String types = "application/protobuf,application/json";
        Matrix matrix = new Matrix();
        try (GoProcess go = Programs.serveGo(NETWORK, "go.old", "-legacy");
                JavaProcess java = Programs.serveJava(NETWORK, "java.asked.by.old", NOTHING)) {
            matrix.add("Java → old Go", Programs.callJava(NETWORK, "go.old", types, NOTHING, FEWER));
            matrix.add("old Go → Java", Programs.callGo(NETWORK, "java.asked.by.old", types, flag("-legacy")));
            assertThat(go.lines()).noneMatch(line -> line.contains("panic"));
            assertThat(java.lines()).noneMatch(line -> line.contains("SEVERE"));
        }
        assertThat(matrix.failures()).isEmpty();
    }

    /** Go's Secure(true): a certificate that nobody signed, and a caller that does not look at it. */
    @Test
    void everyRowPassesOverTls(@TempDir Path directory) {
        String types = "application/protobuf,application/json";
        TestCertificate certificate = TestCertificate.create(directory, "java", "ip:127.0.0.1");
        Matrix matrix = new Matrix();
        try (GoProcess go = Programs.serveGo(NETWORK, "go.secure", "-secure");
                JavaProcess java = Programs.serveJava(
                        NETWORK,
                        "java.secure",
                        tls(new JsonObject()
                                .put("certificate", certificate.certificate().toString())
                                .put("key", certificate.key().toString())))) {
            JsonObject unverified = tls(new JsonObject().put("verify", false));
            matrix.add("Java → Go", Programs.callJava(NETWORK, "go.secure", types, unverified, FEWER));
            matrix.add("Go → Java", Programs.callGo(NETWORK, "java.secure", types, flag("-secure")));
            assertThat(go.lines()).noneMatch(line -> line.contains("panic"));
            assertThat(java.lines()).noneMatch(line -> line.contains("SEVERE"));
        }
        assertThat(matrix.failures()).isEmpty();
    }

    private static String[] flag(String flag) {
        return Stream.concat(Stream.of(flag), Arrays.stream(FEWER)).toArray(String[]::new);
    }

    private static JsonObject tls(JsonObject tls) {
        return new JsonObject().put("transport", new JsonObject().put("http", new JsonObject().put("tls", tls)));
    }
}
