package dev.vertxmicro.codegen;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import java.io.IOException;

/** Answers protoc: a {@code CodeGeneratorRequest} on standard input, the files to write on standard output. */
public final class ProtocPlugin {
    private ProtocPlugin() {}

    /**
     * Runs one request.
     *
     * @param args unused
     * @throws IOException when protoc closes either stream early
     */
    public static void main(String[] args) throws IOException {
        respond(CodeGeneratorRequest.parseFrom(System.in)).writeTo(System.out);
    }

    static CodeGeneratorResponse respond(CodeGeneratorRequest request) {
        return CodeGeneratorResponse.newBuilder()
                .setSupportedFeatures(CodeGeneratorResponse.Feature.FEATURE_PROTO3_OPTIONAL_VALUE)
                .build();
    }
}
