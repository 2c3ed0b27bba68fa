package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.GoProgram;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.NetworkNamespace;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every row but the slow one with the newer versions of go-micro, found by mDNS. What their servers do not do for their own clients
 * either is not run: it is theirs, and the control shows it. The result stands in docs/interop.md; {@code -Dgolden=write} writes it.
 */
@Requires({Requirement.GO, Requirement.NETWORK})
class NewerGoTest {
    private static final String TYPES = String.join(",", Matrix.TYPES);
    private static final String PROTOBUF = "/" + Matrix.TYPES.get(0);

    /** A version, and the cells in which its server fails. */
    enum Version {
        // An error over protobuf is never written.
        V2("error", "plain error", "unknown service", "unknown endpoint"),
        V4,
        V5;

        private final List<String> theirs = new ArrayList<>();

        Version(String... overProtobuf) {
            List.of(overProtobuf).forEach(row -> theirs.add(row + PROTOBUF));
            // A message that waits to be sent is overwritten by the next one.
            Matrix.TYPES.forEach(type -> theirs.addAll(List.of("server stream/" + type, "bidi at once/" + type)));
            Matrix.TYPES.subList(2, 4).forEach(type -> theirs.add("client stream/" + type));
        }

        /** The folder in interop. */
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        String[] ours() {
            return Matrix.TYPES.stream()
                    .flatMap(type -> List.of(MatrixTest.FEWER).stream().map(row -> row + "/" + type))
                    .filter(cell -> !theirs.contains(cell))
                    .toArray(String[]::new);
        }
    }

    private static GoProcess check(
            GoProgram program, NetworkNamespace network, String service, String timeout, String... cells) {
        return program.start(
                network, Programs.words("check", "-timeout", timeout, "-type", TYPES, "-service", service, cells));
    }

    @ParameterizedTest
    @EnumSource
    void everyCellPassesThatIsNotTheirs(Version version) throws IOException {
        GoProgram program = GoProgram.build("interop/go/" + version);
        Matrix matrix = new Matrix();
        Matrix control = new Matrix();
        try (NetworkNamespace ofGo = NetworkNamespace.create().withMulticast();
                NetworkNamespace ofJava = NetworkNamespace.create().withMulticast();
                JavaProcess java = Programs.serveJava(ofJava, "java.peer", new JsonObject());
                GoProcess go = program.start(ofGo, "serve", "-service", "go.peer")) {
            go.await("\"serving\"");
            String ours = "Java → " + version;
            GoProcess calls = check(program, ofJava, "java.peer", "30s", MatrixTest.FEWER);
            matrix.add(ours, Programs.callJava(ofGo, "go.peer", TYPES, new JsonObject(), version.ours()));
            matrix.theirs(ours, version.theirs);
            matrix.add(version + " → Java", calls);
            String[] streams = {"server stream", "bidi at once", "error" + PROTOBUF};
            control.add(version + " → " + version, check(program, ofGo, "go.peer", "2s", streams));
            assertThat(go.lines()).noneMatch(line -> line.contains("panic"));
            assertThat(java.lines()).noneMatch(line -> line.contains("SEVERE"));
        }
        System.out.println(matrix.markdown() + control.failures());
        assertThat(matrix.failures()).isEmpty();
        assertThat(control.failures())
                .as("what fails between two of theirs")
                .anyMatch(line -> line.contains("server stream"))
                .anyMatch(line -> line.contains("bidi at once"));
        assertThat(control.failures().stream().anyMatch(line -> line.contains("error" + ",")))
                .isEqualTo(version == Version.V2);
        matrix.recorded(
                "<!-- matrix of " + version + ": written by NewerGoTest -->", "<!-- end of " + version + " -->");
    }

    /** The programs of the versions are one program: what was measured with one is measured with all. */
    @Test
    void theProgramsDifferInWhatTheyImportOnly() throws IOException {
        String newest = Files.readString(Path.of("../go/v5/main.go"));
        assertThat(Files.readString(Path.of("../go/v4/main.go"))).isEqualTo(newest.replace("v5", "v4"));
        assertThat(Files.readString(Path.of("../go/v2/main.go")))
                .isEqualTo(newest.replace("go-micro.dev/v5", "github.com/micro/go-micro/v2")
                        .replace("v5", "v2"));
    }
}
