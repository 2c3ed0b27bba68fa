package dev.vertxmicro.codegen;

import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import dev.vertxmicro.codegen.model.ProtoModel;
import dev.vertxmicro.codegen.model.ServiceReader;
import dev.vertxmicro.codegen.render.SourceFile;
import dev.vertxmicro.codegen.render.SourceRenderer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Answers protoc: a {@code CodeGeneratorRequest} on standard input, the files to write on standard output.
 *
 * <p>What is wrong with the request or with an option is the {@code error} of the response, which protoc prints; standard
 * error stays empty. Knows proto2, proto3 with {@code optional}, and editions up to 2024.
 */
public final class ProtocPlugin {
    private ProtocPlugin() {}

    /**
     * Answers one request.
     *
     * @param args none
     * @throws IOException if protoc closes either stream early
     */
    public static void main(String[] args) throws IOException {
        CodeGeneratorRequest request = CodeGeneratorRequest.parseFrom(System.in, extensions());
        respond(request).writeTo(System.out);
        System.out.flush();
    }

    /**
     * Gives the extensions a request is to be parsed with: without them Java's features are not seen.
     *
     * @return the registry
     */
    public static ExtensionRegistry extensions() {
        DescriptorProtos.getDescriptor(); // protobuf-java 4.36 fails if JavaFeaturesProto is initialised before it
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        JavaFeaturesProto.registerAllExtensions(registry);
        return registry;
    }

    /**
     * Generates what a request asks for.
     *
     * @param request the request, parsed with {@link #extensions()}
     * @return the files, or an error
     */
    public static CodeGeneratorResponse respond(CodeGeneratorRequest request) {
        CodeGeneratorResponse.Builder response = CodeGeneratorResponse.newBuilder()
                .setSupportedFeatures(CodeGeneratorResponse.Feature.FEATURE_PROTO3_OPTIONAL_VALUE
                        | CodeGeneratorResponse.Feature.FEATURE_SUPPORTS_EDITIONS_VALUE)
                .setMinimumEdition(Edition.EDITION_PROTO2_VALUE)
                .setMaximumEdition(Edition.EDITION_2024_VALUE);
        try {
            PluginOptions options = PluginOptions.parse(request.getParameter());
            for (SourceFile file : render(ServiceReader.read(request), options)) {
                response.addFileBuilder().setName(file.path()).setContent(file.content());
            }
        } catch (IllegalArgumentException | DescriptorValidationException e) {
            response.clearFile().setError("vertx-micro: " + e.getMessage());
        }
        return response.build();
    }

    private static List<SourceFile> render(ProtoModel proto, PluginOptions options) {
        EnumSet<SourceRenderer> renderers = EnumSet.of(SourceRenderer.ENDPOINTS);
        if (options.languages().contains(Language.JAVA)) {
            renderers.addAll(EnumSet.of(SourceRenderer.HANDLER, SourceRenderer.CLIENT));
        }
        if (options.languages().contains(Language.KOTLIN)) {
            renderers.addAll(EnumSet.of(SourceRenderer.COROUTINE_HANDLER, SourceRenderer.COROUTINE_CLIENT));
        }
        List<SourceFile> files = new ArrayList<>();
        proto.services().forEach(service -> renderers.forEach(renderer -> files.add(renderer.render(service))));
        proto.topics().forEach(topics -> files.add(SourceRenderer.render(topics)));
        return files;
    }
}
