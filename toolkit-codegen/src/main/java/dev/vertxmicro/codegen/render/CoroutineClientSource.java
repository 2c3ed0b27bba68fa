package dev.vertxmicro.codegen.render;

import dev.vertxmicro.codegen.model.RpcModel;
import dev.vertxmicro.codegen.model.ServiceModel;

/** Writes {@code GreeterCoroutineService}. */
final class CoroutineClientSource {
    private static final String CLIENT = "dev.vertxmicro.client";

    private final KotlinFile kotlin;
    private final Source body;
    private final String name;

    CoroutineClientSource(ServiceModel service) {
        kotlin = new KotlinFile(service, service.types().coroutineClient());
        body = kotlin.body;
        name = service.types().coroutineClient().simpleName();
    }

    SourceFile file() {
        kotlin.head("Calls `" + kotlin.service.protoName()
                + "`. A call sends what the `CallContext` of the coroutine's context"
                + " says;\n`withCallContext` sets one. Cancelling the coroutine cancels the call.");
        String string = kotlin.kotlin("String");
        String client = kotlin.name(CLIENT, "Client");
        String options = kotlin.name(CLIENT, "CallOptions");
        body.open("class " + name + " private constructor(");
        body.line("private val serviceName: " + string + ",");
        body.line("private val client: " + client + ",");
        body.line("private val options: " + options + ",").reopen(") {");
        body.line("/** Returns a copy that calls with these options. */");
        body.line("fun withOptions(others: " + options + "): " + name + " = " + name + "(serviceName, client, others)");
        kotlin.service.rpcs().forEach(this::rpc);
        body.line().line("/** Makes clients. */").open("companion object {");
        body.line("/** Makes a client of the service that is registered by the name [serviceName]. */");
        body.line("fun create(serviceName: " + string + ", client: " + client + "): " + name + " =");
        body.line("    " + name + "(serviceName, client, " + options + ".DEFAULTS)");
        body.close("}").close("}");
        return kotlin.file();
    }

    private void rpc(RpcModel rpc) {
        body.line();
        kotlin.doc(rpc, "Calls `" + rpc.endpoint() + "`.");
        String request = kotlin.type(rpc.request());
        String response = kotlin.type(rpc.response());
        String one = "fun " + kotlin.method(rpc) + "(request: " + request + "): ";
        String empty = request(rpc, request + ".getDefaultInstance()");
        switch (rpc.kind()) {
            case UNARY -> {
                body.line("suspend " + one + response + " =");
                body.line("    client." + kotlin.function("callSuspending") + "(" + request(rpc, "request") + ")");
            }
            case SERVER_STREAM -> {
                body.line(one + kotlin.flow(rpc.response()) + " =");
                body.line("    client." + kotlin.function("serverFlow") + "(" + empty + ", request)");
            }
            case CLIENT_STREAM -> {
                body.line("suspend " + many(rpc) + response + " =");
                body.line("    client." + kotlin.function("clientFlow") + "(" + empty + ", requests)");
            }
            case BIDIRECTIONAL -> {
                body.line(many(rpc) + kotlin.flow(rpc.response()) + " =");
                body.line("    client." + kotlin.function("bidirectionalFlow") + "(" + empty + ", requests)");
            }
        }
    }

    private String many(RpcModel rpc) {
        return "fun " + kotlin.method(rpc) + "(requests: " + kotlin.flow(rpc.request()) + "): ";
    }

    private String request(RpcModel rpc, String body) {
        return kotlin.name(CLIENT, "Request") + "(serviceName, " + kotlin.constant(rpc) + ", " + body + ", options)";
    }
}
