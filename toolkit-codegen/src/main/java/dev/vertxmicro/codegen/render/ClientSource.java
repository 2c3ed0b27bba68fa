package dev.vertxmicro.codegen.render;

import dev.vertxmicro.codegen.model.RpcKind;
import dev.vertxmicro.codegen.model.RpcModel;
import dev.vertxmicro.codegen.model.ServiceModel;

/** Writes {@code GreeterService}. */
final class ClientSource {
    private static final String CONTEXT_TAG = "@param context metadata, deadline and cancellation of the call";
    private static final String REQUEST_TAG = "@param request what to send";

    private final JavaFile java;
    private final Source body;
    private final String name;

    ClientSource(ServiceModel service) {
        java = new JavaFile(service, service.types().client());
        body = java.body;
        name = service.types().client().simpleName();
    }

    SourceFile file() {
        java.head("Calls {@code " + java.service.protoName() + "}.");
        body.open("public final class " + name + " {");
        construction();
        java.service.rpcs().forEach(this::rpc);
        body.close("}");
        return java.file();
    }

    private void construction() {
        String parameters = java.lang("String") + " serviceName, " + java.client("Client") + " client";
        String options = java.client("CallOptions");
        body.line("private final " + java.lang("String") + " serviceName;");
        body.line("private final " + java.client("Client") + " client;");
        body.line("private final " + options + " options;");
        body.line().open("private " + name + "(" + parameters + ", " + options + " options) {");
        body.line("this.serviceName = serviceName;");
        body.line("this.client = client;");
        body.line("this.options = options;").close("}");
        body.line();
        java.doc(
                "Makes a client of a service.",
                "@param serviceName the name it is registered by",
                "@param client      makes the calls",
                "@return the client");
        body.open("public static " + name + " create(" + parameters + ") {");
        body.line("return new " + name + "(serviceName, client, " + options + ".DEFAULTS);")
                .close("}");
        body.line();
        java.doc("Returns a copy that calls with these options.", "@param others the options", "@return the copy");
        body.open("public " + name + " withOptions(" + options + " others) {");
        body.line("return new " + name + "(serviceName, client, others);").close("}");
    }

    private void rpc(RpcModel rpc) {
        boolean takesRequest = !rpc.kind().streamsRequests();
        String request = java.type(rpc.request()) + " request";
        String context = java.message("CallContext") + " context";
        String start = java.message("CallContext") + ".create()";
        String signature = "public " + java.future(answer(rpc)) + " " + rpc.method();
        String title = "Calls {@code " + rpc.endpoint() + "}.";
        String answers = "@return " + (rpc.kind() == RpcKind.UNARY ? "the answer" : "the caller's end of the stream");
        body.line();
        if (takesRequest) {
            java.doc(rpc, title, REQUEST_TAG, answers);
            body.open(signature + "(" + request + ") {");
            body.line("return " + rpc.method() + "(" + start + ", request);")
                    .close("}")
                    .line();
            java.doc(rpc, title, CONTEXT_TAG, REQUEST_TAG, answers);
            body.open(signature + "(" + context + ", " + request + ") {");
        } else {
            java.doc(rpc, title, answers);
            body.open(signature + "() {");
            body.line("return " + rpc.method() + "(" + start + ");").close("}").line();
            java.doc(rpc, title, CONTEXT_TAG, answers);
            body.open(signature + "(" + context + ") {");
        }
        call(rpc);
        body.close("}");
    }

    private String answer(RpcModel rpc) {
        return rpc.kind() == RpcKind.UNARY
                ? java.type(rpc.response())
                : java.client("ClientStream") + java.messages(rpc);
    }

    /** go-micro opens a stream with an empty message, whatever is sent after it. */
    private void call(RpcModel rpc) {
        boolean unary = rpc.kind() == RpcKind.UNARY;
        String first = unary ? "request" : java.type(rpc.request()) + ".getDefaultInstance()";
        String made =
                "new " + java.client("Request") + "<>(serviceName, " + java.constant(rpc) + ", " + first + ", options)";
        if (unary) {
            body.line("return client.call(context, " + made + ");");
            return;
        }
        boolean sends = rpc.kind() == RpcKind.SERVER_STREAM;
        body.line("return client.stream(").line("        context, " + made + ")" + (sends ? "" : ";"));
        if (sends) {
            body.line("        .compose(stream -> stream.send(request).map(stream));");
        }
    }
}
