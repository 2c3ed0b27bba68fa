package dev.vertxmicro.codegen.render;

import dev.vertxmicro.codegen.model.RpcModel;
import dev.vertxmicro.codegen.model.ServiceModel;

/** Writes {@code GreeterHandler}. */
final class HandlerSource {
    private static final String REQUEST_TAG = "@param request what the caller sent";
    private static final String CONTEXT_TAG = "@param context metadata, deadline, peer and cancellation of the call";

    private final JavaFile java;
    private final Source body;

    HandlerSource(ServiceModel service) {
        java = new JavaFile(service, service.types().handler());
        body = java.body;
    }

    SourceFile file() {
        String name = java.service.types().handler().simpleName();
        java.head("Serves {@code " + java.service.protoName() + "}.");
        body.open("public interface " + name + " {");
        java.service.rpcs().forEach(this::rpc);
        register(name);
        body.close("}");
        return java.file();
    }

    private void rpc(RpcModel rpc) {
        String request = java.type(rpc.request()) + " request, ";
        String stream = java.server("ServerStream") + java.messages(rpc) + " stream, ";
        String context = java.message("CallContext") + " context";
        String done = java.future(java.lang("Void"));
        String answer = java.future(java.type(rpc.response()));
        String title = "Serves {@code " + rpc.endpoint() + "}.";
        body.line();
        switch (rpc.kind()) {
            case UNARY -> {
                java.doc(rpc, title, REQUEST_TAG, CONTEXT_TAG, "@return the answer");
                body.line(answer + " " + rpc.method() + "(" + request + context + ");");
            }
            case SERVER_STREAM -> {
                String tag = "@param stream  where to send the answers; wait for each to be sent";
                java.doc(rpc, title, REQUEST_TAG, tag, CONTEXT_TAG, "@return ends the stream when it completes");
                body.line(done + " " + rpc.method() + "(" + request + stream + context + ");");
            }
            case CLIENT_STREAM -> {
                String tag = "@param stream  where the requests come from; send nothing on it";
                java.doc(rpc, title, tag, CONTEXT_TAG, "@return the answer, which ends the stream");
                body.line(answer + " " + rpc.method() + "(" + stream + context + ");");
            }
            case BIDIRECTIONAL -> {
                String tag = "@param stream  where the requests come from and the answers go";
                java.doc(rpc, title, tag, CONTEXT_TAG, "@return ends the stream when it completes");
                body.line(done + " " + rpc.method() + "(" + stream + context + ");");
            }
        }
    }

    private void register(String name) {
        body.line();
        java.doc(
                "Adds all of its endpoints to a server.",
                "@param server  where to, before its start",
                "@param handler answers the calls",
                "@return the server");
        String server = java.server("Server");
        body.open("static " + server + " register(" + server + " server, " + name + " handler) {");
        java.service.rpcs().forEach(rpc -> body.line("server." + addition(rpc) + ";"));
        body.line("return server;").close("}");
    }

    private String addition(RpcModel rpc) {
        String constant = java.constant(rpc);
        String method = "handler::" + rpc.method();
        return switch (rpc.kind()) {
            case UNARY -> "handle(" + constant + ", " + method + ")";
            case SERVER_STREAM ->
                "handleStream(" + constant + ", " + java.server("OneRequestHandler") + ".streaming(" + method + "))";
            case CLIENT_STREAM ->
                "handleStream(" + constant + ", " + java.server("OneResponseHandler") + ".streaming(" + method + "))";
            case BIDIRECTIONAL -> "handleStream(" + constant + ", " + method + ")";
        };
    }
}
