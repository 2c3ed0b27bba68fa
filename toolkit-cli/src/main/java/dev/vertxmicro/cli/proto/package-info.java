/**
 * Reads {@code .proto} files without protoc: proto2, proto3 and editions, as descriptors that protobuf-java links. Options that
 * files define themselves are read over, as nothing here asks for them.
 *
 * <pre>{@code
 * var files = ProtoFiles.under(List.of(Path.of("."))).read("greeter.proto");
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.proto;

import org.jspecify.annotations.NullMarked;
