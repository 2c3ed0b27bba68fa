package dev.vertxmicro.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.ConsulAgent;
import dev.vertxmicro.testkit.server.FreePorts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a list to a real Consul, and what describe says of both at once. */
@Requires(Requirement.CONSUL)
class CopyCommandTest {
    private static final VertxHome VERTX = VertxHome.shared();

    private static Result run(String... arguments) {
        return VERTX.run(VERTX.process(arguments));
    }

    private static String conf(String consul) {
        JsonArray services = new JsonArray()
                .add(service("greeter", "10.1.2.3:9001", "10.1.2.4:9001"))
                .add(service("shop", "10.1.2.3:9002"));
        return new JsonObject()
                .put(
                        "registry",
                        new JsonObject()
                                .put("type", "multi")
                                .put("multi", new JsonObject().put("registries", List.of("static", "consul")))
                                .put("static", new JsonObject().put("services", services))
                                .put("consul", new JsonObject().put("address", consul)))
                .encode();
    }

    private static JsonObject service(String name, String... addresses) {
        return new JsonObject().put("name", name).put("version", "1.0.0").put("addresses", List.of(addresses));
    }

    private static Result copy(String conf, String... more) {
        List<String> words =
                new ArrayList<>(List.of("registry", "copy", "--from", "static", "--to=consul", "--conf", conf));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    @Test
    void copiesWhatOneKnowsAndAgainWithoutHarm(@TempDir Path directory) {
        try (ConsulAgent consul = ConsulAgent.dev(directory)) {
            String conf = conf(consul.address());
            assertThat(copy(conf, "--dry-run"))
                    .isEqualTo(new Result(
                            0,
                            """
                            greeter  2 nodes  new
                            shop  1 node  new
                            would copy 2 services, 3 nodes, from static to consul, for 10m
                            """,
                            ""));
            assertThat(run("services", "--registry=consul", "--conf", conf).out())
                    .doesNotContain("greeter");
            assertThat(copy(conf, "--ttl=5m").out())
                    .endsWith("copied 2 services, 3 nodes, from static to consul, for 5m\n");
            assertThat(run("services", "--registry=consul", "--conf", conf).out())
                    .contains("greeter  1.0.0  2 nodes\n", "shop     1.0.0  1 node\n");
            JsonObject again = new JsonObject(copy(conf, "--json").out());
            assertThat(again.getJsonArray("services").getJsonObject(0).getString("state"))
                    .isEqualTo("there");
            assertThat(run("describe", "greeter", "--conf", conf).out())
                    .endsWith(
                            """

                            Known to
                            static  10.1.2.3:9001, 10.1.2.4:9001
                            consul  10.1.2.3:9001, 10.1.2.4:9001
                            """);
            Result json = run("describe", "greeter", "--json", "--conf", conf);
            assertThat(json.out()).contains("\"knownTo\":[\"static\",\"consul\"]");
            assertThat(json.err()).isEmpty();
        }
    }

    @Test
    void saysWhatIsWrong() {
        String away = "127.0.0.1:" + FreePorts.next();
        Result unreached = copy(conf(away));
        assertThat(unreached.exitCode()).isEqualTo(1);
        assertThat(unreached.err()).startsWith("registry consul: ").contains(away);
        assertThat(run("registry", "copy", "--from", "static"))
                .isEqualTo(new Result(2, "", "vertx registry copy: no --to (expected: --from consul --to etcd)\n"));
        assertThat(run("registry", "move", "--from", "static", "--to=consul"))
                .isEqualTo(new Result(2, "", "vertx registry: \"move\" (expected: copy)\n"));
        assertThat(run("registry", "copy", "--from", "static", "--to=static").exitCode())
                .isEqualTo(2);
        Result refused = run("registry", "copy", "--from", "static", "--to=dns", "--conf", conf(away));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).contains("greeter  0 nodes  failed: ");
        assertThat(refused.err()).isEqualTo("vertx registry copy: 2 of 2 services not copied: greeter, shop\n");
        Result described = run("describe", "greeter", "--json", "--conf", conf(away));
        assertThat(described.exitCode()).isZero();
        assertThat(described.out()).contains("\"knownTo\":[\"static\"]");
        assertThat(described.err()).contains("consul cannot say what it knows: ");
    }
}
