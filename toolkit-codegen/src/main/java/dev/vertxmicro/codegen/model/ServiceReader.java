package dev.vertxmicro.codegen.model;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.GeneratorNames;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a request asks for: services and topics. Class names come from protobuf's own rules, {@link GeneratorNames}. */
public final class ServiceReader {
    private final Map<String, FileDescriptor> files = new LinkedHashMap<>();
    private final Map<String, Set<String>> packages = new HashMap<>();

    private ServiceReader() {}

    /**
     * Reads the services and the topics of the files to generate.
     *
     * @param request what protoc sent
     * @return both, in the order of the files
     * @throws DescriptorValidationException if the request contradicts itself
     * @throws IllegalArgumentException      if a topic has no name
     */
    public static ProtoModel read(CodeGeneratorRequest request) throws DescriptorValidationException {
        ServiceReader reader = new ServiceReader();
        for (FileDescriptorProto proto : request.getProtoFileList()) {
            reader.add(proto);
        }
        List<ServiceModel> services = new ArrayList<>();
        List<TopicsModel> topics = new ArrayList<>();
        Set<String> wanted = Set.copyOf(request.getFileToGenerateList());
        for (FileDescriptor file : reader.files.values()) {
            Comments comments = Comments.of(file);
            for (ServiceDescriptor service : file.getServices()) {
                ServiceModel model = reader.service(service, comments);
                if (wanted.contains(file.getName())) {
                    services.add(model);
                }
            }
        }
        for (FileDescriptor file : reader.files.values()) {
            Optional<TopicsModel> model = TopicsReader.read(file, Comments.of(file), reader.taken(file));
            model.filter(found -> wanted.contains(file.getName())).ifPresent(topics::add);
        }
        return new ProtoModel(services, topics);
    }

    /** protoc sends a file after those it imports. */
    private void add(FileDescriptorProto proto) throws DescriptorValidationException {
        FileDescriptor[] imports = proto.getDependencyList().stream()
                .map(files::get)
                .filter(file -> file != null)
                .toArray(FileDescriptor[]::new);
        FileDescriptor file = FileDescriptor.buildFrom(proto, imports, true);
        files.put(file.getName(), file);
        Set<String> names = taken(file);
        names.add(GeneratorNames.getFileClassName(file));
        for (Descriptor message : file.getMessageTypes()) {
            if (!GeneratorNames.getNestInFileClass(message)) {
                names.add(message.getName());
                names.add(message.getName() + "OrBuilder");
            }
        }
        file.getEnumTypes().stream()
                .filter(type -> !GeneratorNames.getNestInFileClass(type))
                .forEach(type -> names.add(type.getName()));
        if (proto.getOptions().getJavaGenericServices()) {
            file.getServices().forEach(service -> names.add(service.getName()));
        }
    }

    private Set<String> taken(FileDescriptor file) {
        return packages.computeIfAbsent(GeneratorNames.getFileJavaPackage(file), name -> new HashSet<>());
    }

    private ServiceModel service(ServiceDescriptor service, Comments comments) {
        FileDescriptor file = service.getFile();
        ServiceDescriptorProto proto = service.toProto();
        String packageName = GeneratorNames.getFileJavaPackage(file);
        Set<String> taken = taken(file);
        ServiceTypes types = ServiceTypes.of(packageName, Names.camelCase(service.getName()), taken);
        Set<String> neighbours = Set.copyOf(taken);
        types.all().forEach(type -> taken.add(type.simpleName()));
        List<RpcModel> rpcs = rpcs(service, comments);
        boolean deprecations = rpcs.stream().anyMatch(RpcModel::deprecated)
                || proto.getOptions().getDeprecated()
                || service.getMethods().stream().anyMatch(ServiceReader::usesDeprecated);
        return new ServiceModel(
                file.getName(),
                service.getFullName(),
                types,
                rpcs,
                proto.getOptions().getDeprecated(),
                deprecations,
                comments.service(service.getIndex()),
                neighbours);
    }

    private static List<RpcModel> rpcs(ServiceDescriptor service, Comments comments) {
        Set<String> methods = new HashSet<>();
        Set<String> constants = new HashSet<>();
        List<RpcModel> rpcs = new ArrayList<>();
        for (MethodDescriptor method : service.getMethods()) {
            RpcKind kind = RpcKind.of(method.isClientStreaming(), method.isServerStreaming());
            IdempotencyLevel level = method.getOptions().getIdempotencyLevel();
            rpcs.add(new RpcModel(
                    Names.camelCase(service.getName()) + "." + method.getName(),
                    Names.unique(Names.method(method.getName(), kind), methods),
                    Names.unique(Names.constant(method.getName()), constants),
                    className(method.getInputType()),
                    className(method.getOutputType()),
                    kind,
                    level != IdempotencyLevel.IDEMPOTENCY_UNKNOWN,
                    method.getOptions().getDeprecated(),
                    comments.rpc(service.getIndex(), method.getIndex())));
        }
        return rpcs;
    }

    static ClassName className(Descriptor message) {
        String packageName = GeneratorNames.getFileJavaPackage(message.getFile());
        return ClassName.parse(packageName, GeneratorNames.getQualifiedClassName(message));
    }

    private static boolean usesDeprecated(MethodDescriptor method) {
        return isDeprecated(method.getInputType()) || isDeprecated(method.getOutputType());
    }

    static boolean isDeprecated(Descriptor message) {
        Descriptor outer = message.getContainingType();
        return message.getOptions().getDeprecated() || (outer != null && isDeprecated(outer));
    }
}
