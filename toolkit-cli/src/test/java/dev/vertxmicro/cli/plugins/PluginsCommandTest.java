package dev.vertxmicro.cli.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.PatientVerticle;
import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsCommandTest {
    private static final VertxHome VERTX = VertxHome.shared();
    private static final String ZOO =
            """
            package org.zoo;
            public final class ZooRegistryProvider implements dev.vertxmicro.spi.RegistryProvider {
                public String type() { return "TYPE"; }
                public java.util.function.Function<io.vertx.core.Vertx, dev.vertxmicro.registry.Registry> configure(
                        dev.vertxmicro.config.Section section) { throw new IllegalStateException("only listed"); }
            }
            """;

    @TempDir
    Path directory;

    private static String line(String out, String kind, String type) {
        return out.lines()
                .filter(line -> line.startsWith(kind + " ") && line.contains(" " + type + " "))
                .findFirst()
                .orElse("");
    }

    /** A jar of somebody else's, which says its version. */
    private Path zoo(String type) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SimpleJavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("mem:///ZooRegistryProvider.java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return ZOO.replace("TYPE", type);
                    }
                };
        List<String> options =
                List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", directory.toString());
        assertThat(compiler.getTask(null, null, null, options, null, List.of(source))
                        .call())
                .isTrue();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "2.1");
        Path jar = directory.resolve("zoo.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            zip.putNextEntry(new JarEntry("META-INF/services/dev.vertxmicro.spi.RegistryProvider"));
            zip.write("org.zoo.ZooRegistryProvider\n".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new JarEntry("org/zoo/ZooRegistryProvider.class"));
            zip.write(Files.readAllBytes(directory.resolve("org/zoo/ZooRegistryProvider.class")));
        }
        return jar;
    }

    @Test
    void listsKindTypeVersionAndArtifact() {
        Result listed = VERTX.run("plugins");
        assertThat(listed.err()).isEmpty();
        assertThat(listed.exitCode()).isZero();
        assertThat(line(listed.out(), "transport", "http"))
                .matches("transport  http +\\S+ +dev\\.vertxmicro:toolkit-transport-http");
        assertThat(line(listed.out(), "broker", "mqtt")).endsWith("dev.vertxmicro:toolkit-broker-mqtt");
        assertThat(line(listed.out(), "discovery", "service-discovery")).isNotEmpty();
        assertThat(listed.out()).doesNotContain("not installed");
    }

    @Test
    void printsJsonForScripts() {
        JsonArray plugins = new JsonArray(VERTX.run("plugins", "--json").out());
        assertThat(plugins.stream().map(JsonObject.class::cast)).anySatisfy(plugin -> {
            assertThat(plugin.getString("kind")).isEqualTo("registry");
            assertThat(plugin.getString("type")).isEqualTo("consul");
            assertThat(plugin.getBoolean("installed")).isTrue();
            assertThat(plugin.getString("artifact")).isEqualTo("dev.vertxmicro:toolkit-registry-consul");
            assertThat(plugin.getString("provider")).endsWith(".ConsulRegistryProvider");
        });
    }

    @Test
    void showsThoseOfOthers() throws IOException {
        Path jar = zoo("zoo");
        assertThat(line(VERTX.run("plugins", "-cp", jar.toString()).out(), "registry", "zoo"))
                .matches("registry   zoo +2\\.1 +org\\.zoo\\.ZooRegistryProvider");
    }

    @Test
    void failsWhereTwoProvideOneType() throws IOException {
        Result twice = VERTX.run("plugins", "-cp", zoo("mdns").toString());
        assertThat(twice.err())
                .startsWith("type: mdns provided by ")
                .contains("org.zoo.ZooRegistryProvider", "MdnsRegistryProvider")
                .hasLineCount(1);
        assertThat(twice.exitCode()).isEqualTo(1);
    }

    @Test
    void namesWhatToAddWhereAJarWasTakenOut() throws IOException {
        Path slim = slimHome("consul");
        ProcessBuilder plugins = at(slim, "plugins");
        assertThat(line(VERTX.run(plugins).out(), "registry", "consul"))
                .matches("registry   consul +not installed +dev\\.vertxmicro:toolkit-registry-consul");

        String conf =
                "{\"service\":{\"name\":\"slim\"},\"registry\":{\"type\":\"memory\",\"consul\":{\"stale\":false}}}";
        Result refused =
                VERTX.run(at(slim, "run", PatientVerticle.class.getName(), "-conf", conf, "--registry=consul"));
        assertThat(refused.err())
                .isEqualTo("--registry: \"consul\" is not installed (expected: dev.vertxmicro:toolkit-registry-consul"
                        + " on the class path)\n");
        assertThat(refused.exitCode()).isEqualTo(15);
    }

    private static ProcessBuilder at(Path home, String... arguments) {
        ProcessBuilder builder = VERTX.process(arguments);
        builder.command()
                .set(
                        builder.command()
                                .indexOf(VERTX.directory().resolve("bin/vertx").toString()),
                        home.resolve("bin/vertx").toString());
        builder.environment().put("VERTX_NO_ARCHIVE", "1");
        return builder;
    }

    /** The distribution without the jars of a plugin. */
    private Path slimHome(String without) throws IOException {
        Path home = directory.resolve("slim");
        Path lib = Files.createDirectories(home.resolve("lib"));
        Files.createSymbolicLink(home.resolve("conf"), VERTX.directory().resolve("conf"));
        Path bin = Files.createDirectories(home.resolve("bin")).resolve("vertx");
        Files.copy(VERTX.directory().resolve("bin/vertx"), bin);
        assertThat(bin.toFile().setExecutable(true)).isTrue();
        try (Stream<Path> jars = Files.list(VERTX.directory().resolve("lib"))) {
            for (Path jar : jars.toList()) {
                if (Files.isRegularFile(jar)
                        && !jar.getFileName().toString().contains(without)
                        && !provides(jar, without)) {
                    Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar.toRealPath());
                }
            }
        }
        return home;
    }

    /** Jars of a reactor that was only compiled are all named classes.jar. */
    private static boolean provides(Path jar, String type) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().anyMatch(entry -> entry.getName().startsWith("dev/vertxmicro/registry/" + type + "/"));
        }
    }
}
