package dev.vertxmicro.cli.train;

import dev.vertxmicro.command.LaunchException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster of this process alone, with what its members do: registry, broker, a server, a handler, a call by another member. */
final class TrainingCluster {
    static final String HOST = "127.0.0.1";
    static final String SERVICE = "bus";
    static final String ENDPOINT = "Bus.Echo";
    private static final String CONFIG = "vertx.hazelcast.config";
    private static final String TYPE = "type";
    private static final int PORTS = 4;

    private TrainingCluster() {}

    /** Has this process start a cluster that no other belongs to; gives the file of its topology. */
    static String prepare() {
        try {
            Path directory = Files.createTempDirectory("vertx-training");
            directory.toFile().deleteOnExit();
            String members = Files.readString(Path.of(System.getProperty(CONFIG, "")));
            System.setProperty(
                    CONFIG,
                    written(directory.resolve("cluster.xml"), alone(members)).toString());
            return written(directory.resolve("topology.json"), topology().encode())
                    .toString();
        } catch (IOException e) {
            throw LaunchException.failed("train: " + e);
        }
    }

    private static Path written(Path file, String text) throws IOException {
        file.toFile().deleteOnExit();
        return Files.writeString(file, text);
    }

    /** The settings of conf/cluster/cluster.xml, but for who belongs to it. */
    private static String alone(String settings) throws IOException {
        int first;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            first = free.getLocalPort();
        }
        String members = IntStream.range(first, first + PORTS)
                .mapToObj(port -> "<member>" + HOST + ":" + port + "</member>")
                .collect(Collectors.joining());
        String port = "<port auto-increment=\"true\" port-count=\"" + PORTS + "\">" + first + "</port>";
        String name = "<cluster-name>" + UUID.randomUUID() + "</cluster-name>";
        return settings.replaceAll("<port [^>]*>.*</port>", port)
                .replaceAll("(?s)(<tcp-ip [^>]*>).*(</tcp-ip>)", "$1" + members + "$2")
                .replaceAll("<cluster-name>.*</cluster-name>", name);
    }

    private static JsonObject topology() {
        JsonObject memory = new JsonObject().put(TYPE, "memory");
        JsonObject shared = new JsonObject().put("shared", true).put("registry", memory);
        JsonObject server = new JsonObject()
                .put("service", new JsonObject().put("name", SERVICE))
                .put("server", new JsonObject().put("endpoints", new JsonArray().add(ENDPOINT)))
                .put("registry", new JsonObject().put(TYPE, "eventbus"));
        return new JsonObject()
                .put(
                        "verticles",
                        new JsonArray()
                                .add(verticle("dev.vertxmicro.verticle.RegistryVerticle", shared))
                                .add(verticle(
                                        "dev.vertxmicro.verticle.BrokerVerticle",
                                        shared.copy().put("broker", memory)))
                                .add(verticle("dev.vertxmicro.verticle.ServerVerticle", server))
                                .add(verticle(TrainingVerticle.class.getName(), new JsonObject(TrainCommand.CONFIG))));
    }

    private static JsonObject verticle(String main, JsonObject config) {
        return new JsonObject().put("main", main).put("options", new JsonObject().put("config", config));
    }
}
