package dev.vertxmicro.bench.unary.subject;

import dev.vertxmicro.bench.proto.HelloRequest;
import dev.vertxmicro.bench.proto.HelloResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** grpc-java over its shaded Netty, everything on the event loop; the calls that its generated stubs make. */
final class GrpcSubject implements Subject {
    private static final MethodDescriptor<HelloRequest, HelloResponse> HELLO =
            MethodDescriptor.<HelloRequest, HelloResponse>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName("bench.Greeter", "Hello"))
                    .setRequestMarshaller(ProtoUtils.marshaller(HelloRequest.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(HelloResponse.getDefaultInstance()))
                    .build();

    @Override
    public String name() {
        return "grpc";
    }

    @Override
    public String loopThreads() {
        return "grpc-loop";
    }

    /** The transport that this Netty picks by default depends on the machine; NIO is what the others use. */
    private static EventLoopGroup oneLoop() {
        return new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("grpc-loop", true), NioIoHandler.newFactory());
    }

    @Override
    public Future<Integer> serve() {
        EventLoopGroup loop = oneLoop();
        ServerServiceDefinition greeter = ServerServiceDefinition.builder("bench.Greeter")
                .addMethod(HELLO, ServerCalls.asyncUnaryCall(GrpcSubject::answer))
                .build();
        try {
            int port = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .channelType(NioServerSocketChannel.class)
                    .bossEventLoopGroup(loop)
                    .workerEventLoopGroup(loop)
                    .directExecutor()
                    .addService(greeter)
                    .build()
                    .start()
                    .getPort();
            return Future.succeededFuture(port);
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }

    private static void answer(HelloRequest request, StreamObserver<HelloResponse> observer) {
        observer.onNext(Greetings.answer(request));
        observer.onCompleted();
    }

    @Override
    public Future<Caller> connect(int port, int poolSize) {
        EventLoopGroup loop = oneLoop();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .channelType(NioSocketChannel.class)
                .eventLoopGroup(loop)
                .directExecutor()
                .usePlaintext()
                .build();
        Executor own = loop.next();
        own.execute(() -> {}); // Netty starts the thread with its first task, and it is to be pinned
        return Future.succeededFuture(new GrpcCaller(own, channel));
    }

    private record GrpcCaller(Executor loop, ManagedChannel channel) implements Caller {
        @Override
        public void call(int number, Consumer<Boolean> done) {
            // the deadline that ours has by default
            CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(5, TimeUnit.SECONDS);
            ClientCalls.asyncUnaryCall(
                    channel.newCall(HELLO, options), Greetings.request(number), new Answer(number, done));
        }
    }

    private static final class Answer implements StreamObserver<HelloResponse> {
        private final int number;
        private final Consumer<Boolean> done;
        private boolean right;

        Answer(int number, Consumer<Boolean> done) {
            this.number = number;
            this.done = done;
        }

        @Override
        public void onNext(HelloResponse response) {
            right = Greetings.isAnswer(number, response);
        }

        @Override
        public void onError(Throwable failure) {
            done.accept(false);
        }

        @Override
        public void onCompleted() {
            done.accept(right);
        }
    }
}
