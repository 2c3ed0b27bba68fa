package dev.vertxmicro.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.verticle.DescribedClient;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.types.HttpEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plain Vert.x applications and services of ours, each finding and calling the other through vertx-service-discovery. */
class ServiceDiscoveryTest {
    private final Vertx vertx = Vertx.vertx();
    private final JsonObject descriptor = PrivateGroup.descriptor();
    private final ServiceDiscovery discovery = ServiceDiscovery.create(vertx);
    private final DescribedClient client = DescribedClient.create(vertx, descriptor);

    @AfterEach
    void close() {
        Await.result(client.close());
        Await.result(vertx.close());
    }

    private void serve() {
        JsonObject config = descriptor
                .copy()
                .put("service", new JsonObject().put("name", "patient"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"));
        Await.result(vertx.deployVerticle(HelloVerticle.class.getName(), new DeploymentOptions().setConfig(config)));
    }

    /** A plain application: JSON in, JSON out, and a record that says so. */
    private Record publish(String name) {
        HttpServer server = Await.result(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(new JsonObject()
                                .put("heard", body.toJsonObject().getString("name"))
                                .toBuffer())))
                .listen(0, "127.0.0.1"));
        return Await.result(discovery.publish(HttpEndpoint.createRecord(name, "127.0.0.1", server.actualPort(), "/")));
    }

    @Test
    void plainApplicationFindsAndCallsOurService() {
        serve();
        Await.result(discovery.registerServiceImporter(new MicroServiceImporter(), descriptor));
        HttpClient plain = Await.result(HttpEndpoint.getClient(discovery, new JsonObject().put("name", "patient")));
        JsonObject answer = Await.result(plain.request(HttpMethod.POST, "/")
                .compose(request -> request.putHeader("Content-Type", "application/json")
                        .putHeader("Micro-Endpoint", "Hello.Hello")
                        .send("{\"name\":\"Plain\"}"))
                .compose(response -> response.body().map(body -> body.toJsonObject())));
        assertThat(answer.getString("greeting")).isEqualTo("Hello Plain");
    }

    @Test
    void ourClientFindsAndCallsAPlainApplication() {
        RecordingWatcher watcher = RecordingWatcher.of("plain");
        Await.result(client.registry().watch(watcher));
        Record early = publish("plain");
        Await.result(discovery.registerServiceExporter(new MicroServiceExporter(), descriptor));
        ServiceInfo created = watcher.next().service();
        assertThat(created.version()).isEqualTo("latest");
        assertThat(created.nodes().get(0).metadata())
                .containsEntry("protocol", "mucp")
                .containsEntry("micro-record", early.getRegistration());
        Endpoint<JsonObject, JsonObject> any = Endpoint.unary("Plain.Any", JsonObject.class, JsonObject.class);
        Request<JsonObject, JsonObject> request = Request.of("plain", any, new JsonObject().put("name", "Ann"))
                .withOptions(CallOptions.DEFAULTS.withContentType("application/json"));
        Future<JsonObject> answer = client.call(CallContext.create(), request);
        assertThat(Await.result(answer).getString("heard")).isEqualTo("Ann");

        Record late = publish("plain-late");
        assertThat(watcher.next().service().name()).isEqualTo("plain-late");
        Await.result(discovery.unpublish(late.getRegistration()));
        assertThat(watcher.next().action()).hasToString("DELETE");
        Record down = early.setStatus(io.vertx.servicediscovery.Status.OUT_OF_SERVICE);
        Await.result(discovery.update(down));
        assertThat(watcher.next().action()).hasToString("DELETE");
    }

    @Test
    void nothingComesBackToWhereItCameFrom() {
        serve();
        Await.result(discovery.registerServiceImporter(new MicroServiceImporter(), descriptor));
        Await.result(discovery.registerServiceExporter(new MicroServiceExporter(), descriptor));
        publish("plain");
        RecordingWatcher watcher = RecordingWatcher.of("last");
        Await.result(client.registry().watch(watcher));
        publish("last");
        watcher.next();
        assertThat(Await.result(client.registry().list())).contains("last", "patient", "plain");
        assertThat(Await.result(client.registry().get("patient")).get(0).nodes())
                .hasSize(1);
        assertThat(Await.result(discovery.getRecords(record -> true)))
                .extracting(Record::getName)
                .containsExactlyInAnyOrder("last", "patient", "plain");
    }
}
