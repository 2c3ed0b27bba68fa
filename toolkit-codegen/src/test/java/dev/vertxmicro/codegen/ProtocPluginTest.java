package dev.vertxmicro.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocPluginTest {
    @Test
    void answersAnUnknownOptionWithAnErrorAndNoFile() {
        CodeGeneratorResponse response = ProtocPlugin.respond(Cases.request("helloworld", "langauge=java"));
        assertThat(response.getError()).isEqualTo("vertx-micro: option: langauge (expected: language)");
        assertThat(response.getFileCount()).isZero();
    }

    @Test
    void tellsProtocThatItKnowsOptionalFieldsAndEditions() {
        CodeGeneratorResponse response = ProtocPlugin.respond(CodeGeneratorRequest.getDefaultInstance());
        long both = CodeGeneratorResponse.Feature.FEATURE_PROTO3_OPTIONAL_VALUE
                | CodeGeneratorResponse.Feature.FEATURE_SUPPORTS_EDITIONS_VALUE;
        assertThat(response.getSupportedFeatures()).isEqualTo(both);
        assertThat(response.getMaximumEdition()).isEqualTo(Edition.EDITION_2024_VALUE);
        assertThat(response.hasError()).isFalse();
    }

    @Test
    void writesOnlyWhatTheLanguageNeeds() {
        assertThat(ProtocPlugin.respond(Cases.request("helloworld", "")).getFileList())
                .extracting(File::getName)
                .containsExactly("pb/GreeterEndpoints.java", "pb/GreeterHandler.java", "pb/GreeterService.java");
        assertThat(ProtocPlugin.respond(Cases.request("helloworld", "language=kotlin"))
                        .getFileList())
                .extracting(File::getName)
                .containsExactly(
                        "pb/GreeterEndpoints.java", "pb/GreeterCoroutineHandler.kt", "pb/GreeterCoroutineService.kt");
    }

    @Test
    void writesNothingForFilesThatAreOnlyImported() {
        CodeGeneratorRequest request = Cases.request("helloworld", "").toBuilder()
                .clearFileToGenerate()
                .addFileToGenerate("imports/types.proto")
                .build();
        assertThat(ProtocPlugin.respond(request).getFileList()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" @topic\n", " @topic two words\n"})
    void refusesATopicWithoutAName(String comment) {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("bad.proto")
                .addMessageType(DescriptorProto.newBuilder().setName("Bad"))
                .setSourceCodeInfo(SourceCodeInfo.newBuilder()
                        .addLocation(SourceCodeInfo.Location.newBuilder()
                                .addPath(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER)
                                .addPath(0)
                                .setLeadingComments(comment)))
                .build();
        CodeGeneratorRequest request = CodeGeneratorRequest.newBuilder()
                .addProtoFile(file)
                .addFileToGenerate("bad.proto")
                .build();
        assertThat(ProtocPlugin.respond(request).getError())
                .startsWith("vertx-micro: bad.proto: message Bad: @topic")
                .endsWith("(expected: @topic NAME, without blanks)");
    }
}
