package dev.vertxmicro.house;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Who uses what Vert.x keeps to itself, and why its API does not do. To be looked at with each new release of Vert.x. */
final class Internals {
    static final Map<String, String> REVIEWED = new TreeMap<>();

    static {
        because(
                "a future must complete on the context of its caller, which the API of Vert.x makes for nobody",
                "dev.vertxmicro.broker.http.HttpBroker",
                "dev.vertxmicro.engine.Confinement",
                "dev.vertxmicro.engine.eventbus.stream.BusSocket",
                "dev.vertxmicro.engine.eventbus.stream.BusStreams",
                "dev.vertxmicro.engine.VertxTimers",
                "dev.vertxmicro.transport.http.streams.CallerConnection",
                "dev.vertxmicro.transport.http.streams.EndProbe",
                "dev.vertxmicro.transport.http.calls.HttpExchange",
                "dev.vertxmicro.transport.http.HttpListener",
                "dev.vertxmicro.transport.http.streams.HttpOpening",
                "dev.vertxmicro.transport.http.streams.HttpStream",
                "dev.vertxmicro.transport.http.HttpTransport",
                "dev.vertxmicro.transport.http.calls.SignOfLife",
                "dev.vertxmicro.transport.http.multiplex.ServerCalls");
        because(
                "runs a handler, or a client, on a context of its own",
                "dev.vertxmicro.broker.mqtt.session.Dialer",
                "dev.vertxmicro.broker.mqtt.session.MqttContext",
                "dev.vertxmicro.engine.Threading",
                "dev.vertxmicro.transport.http.calls.ServerTarget",
                "dev.vertxmicro.transport.http.streams.ServerStreams");
        because(
                "reads and writes Netty's messages on a socket of Vert.x",
                "dev.vertxmicro.broker.http.wire.MessageSocket",
                "dev.vertxmicro.broker.mqtt.session.ExpiringSession",
                "dev.vertxmicro.broker.mqtt.session.MqttLink",
                "dev.vertxmicro.broker.mqtt.session.ServerSearch");
        because(
                "puts a handler of its own into the pipeline of an HTTP connection",
                "dev.vertxmicro.engine.NettyPipeline");
        because(
                "takes Netty's bytes for a Buffer, and the other way round, without a copy",
                "dev.vertxmicro.engine.BufferContent");
        because(
                "asks DNS by Netty's resolver on an event loop and a socket of Vert.x, whose own client keeps back the TTL of addresses",
                "dev.vertxmicro.registry.dns.DnsServers");
        because(
                "ends its sessions, which have threads of their own, together with Vert.x",
                "dev.vertxmicro.registry.zookeeper.ZookeeperRegistry");
        because("asks the loop that accepts connections for its next turn", "dev.vertxmicro.net.ReleasedPort");
        because(
                "makes a Vert.x without what a command does not use, such as a cache of files",
                "dev.vertxmicro.cli.registry.RegistrySession");
        because("prints the version of Vert.x", "dev.vertxmicro.launcher.PrintVersionCommand");
        because(
                "tells whether a callback runs on a duplicate of a context",
                "dev.vertxmicro.testkit.recording.CurrentContext");
        because(
                "ends before the verticles are undeployed, on the event loop of the event bus",
                "dev.vertxmicro.verticle.node.NodeAgent");
        because("tells the names of the verticles that are deployed", "dev.vertxmicro.verticle.node.NodeDescription");
        because(
                "hears what a handler throws, where Vert.x tells only the log",
                "dev.vertxmicro.verticle.node.LocalHandlers");
        because(
                "is on the wire what Vert.x writes of JSON and bytes, by the ids of its own codecs",
                "dev.vertxmicro.engine.eventbus.ByReference");
        because(
                "makes of a message that is sent what its receiver would have, where it is sent",
                "dev.vertxmicro.verticle.calls.NearCalls");
        because(
                "gives a call a context of its own, and looks there for what its lines have in common",
                "dev.vertxmicro.wrapper.logging.LoggedStream",
                "dev.vertxmicro.wrapper.logging.ServerLines",
                "dev.vertxmicro.wrapper.logging.mdc.CallIds",
                "dev.vertxmicro.wrapper.logging.mdc.CallLocal");
        because(
                "names the reply address of a request, and hears the reply where it is given",
                "dev.vertxmicro.engine.eventbus.LocalRequests");
        because("knows the turns of an event loop", "dev.vertxmicro.engine.eventbus.BusBundler");
        because("calls from one event loop as a verticle does", "dev.vertxmicro.bench.bus.LoopCallers");
        because("undeploys a verticle that still starts", "dev.vertxmicro.verticle.Undeployment");
    }

    private Internals() {}

    private static void because(String reason, String... classes) {
        Stream.of(classes).forEach(each -> REVIEWED.put(each, reason));
    }
}
