package dev.vertxmicro.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Path SOURCE = Path.of("../distribution/src/template");

    @TempDir
    static Path directory;

    private Template template;

    /** What the build makes of its sources. */
    static void copyTo(Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(SOURCE)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(SOURCE.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                String text = Files.readString(path, StandardCharsets.ISO_8859_1);
                boolean versions = path.endsWith("versions.properties");
                Files.writeString(
                        copy, versions ? text.replaceAll("\\$\\{(.*)}", "v-of-$1") : text, StandardCharsets.ISO_8859_1);
            }
        }
    }

    @BeforeEach
    void copy() throws IOException {
        copyTo(directory.resolve("template"));
        template = Template.of(new Distribution(directory, Path.of("/opt/vertx-micro/bin/vertx")));
    }

    private Map<String, String> render(NewProject project) throws IOException {
        return template.render(project).stream()
                .collect(Collectors.toMap(
                        ProjectFile::path, file -> new String(file.content(), StandardCharsets.UTF_8)));
    }

    static List<NewProject> everyKind() {
        NewProject java = NewProject.of("go.micro.srv.order-service").withPackage("org.shop");
        NewProject kotlin = java.withLanguage(ProjectLanguage.KOTLIN);
        return List.of(java, kotlin, java.withBuild(Build.GRADLE), kotlin.withBuild(Build.GRADLE));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void leavesNoPlaceUnfilled(NewProject project) throws IOException {
        Map<String, String> files = render(project);
        assertThat(files.keySet())
                .contains(
                        "README.md",
                        ".gitignore",
                        "conf/order-service.json",
                        "src/main/protobuf/order_service.proto",
                        "src/main/%1$s/org/shop/Order.%2$s".formatted(names(project)),
                        "src/main/%1$s/org/shop/OrderVerticle.%2$s".formatted(names(project)),
                        "src/test/%1$s/org/shop/OrderTest.%2$s".formatted(names(project)),
                        "src/test/%1$s/org/shop/OrderVerticleTest.%2$s".formatted(names(project)));
        files.forEach((path, text) -> {
            assertThat(path).doesNotContain("@", "reeter", "example");
            if (!path.endsWith(".jar")) {
                assertThat(text).as(path).doesNotContainPattern("@[a-z][a-z.-]*@");
                assertThat(text).as(path).doesNotContain("reeter", "com.example");
            }
        });
        assertThat(files.get("conf/order-service.json")).contains("\"name\": \"go.micro.srv.order-service\"");
    }

    private static Object[] names(NewProject project) {
        return new Object[] {project.language().folder(), project.language().extension()};
    }

    @Test
    void takesTheVersionsOfTheBuildAndTheFolderOfTheArtifacts() throws IOException {
        Map<String, String> files = render(NewProject.of("greeter"));
        assertThat(files.get("pom.xml"))
                .contains("<vertx-micro.version>v-of-project.version</vertx-micro.version>")
                .contains("<protobuf.version>v-of-protobuf.version</protobuf.version>");
        assertThat(files.get(".mvn/maven.config"))
                .isEqualTo("-Dmaven.repo.local.tail=" + directory.resolve("repository") + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"string", "object-service", "test", "future", "service", "hello-request", "service-verticle"})
    void refusesClassesThatWouldHideOthers(String name) {
        NewProject project = NewProject.of(name);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.render(project))
                .withMessageMatching(
                        "NAME: its classes begin with \\w+, which is taken \\(expected: another name, such as my-\\w+\\)");
    }
}
