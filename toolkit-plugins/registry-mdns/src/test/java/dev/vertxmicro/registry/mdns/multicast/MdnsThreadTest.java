package dev.vertxmicro.registry.mdns.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MdnsThreadTest {
    private static final int PATIENCE_SECONDS = 10;

    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> read = new LinkedBlockingQueue<>();
    private volatile Runnable readable = () -> read.add("read");
    private final MdnsThread thread = new MdnsThread("test", () -> readable.run(), failures::add);

    @AfterEach
    void stop() {
        thread.execute(thread::stop);
    }

    private static <T> T next(BlockingQueue<T> queue) throws Exception {
        return java.util.Objects.requireNonNull(queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "nothing came");
    }

    private void worksOn() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        thread.execute(() -> thread.schedule(Duration.ZERO, () -> ran.complete(Thread.currentThread())));
        assertThat(ran.get(PATIENCE_SECONDS, TimeUnit.SECONDS).getName()).isEqualTo("test");
    }

    @Test
    void worksOnAfterAnError() throws Exception {
        NoClassDefFoundError error = new NoClassDefFoundError("on purpose");
        thread.execute(() -> {
            throw error;
        });
        assertThat(next(failures)).isSameAs(error);
        worksOn();
        thread.execute(() -> thread.schedule(Duration.ZERO, () -> {
            throw error;
        }));
        assertThat(next(failures)).isSameAs(error);
        worksOn();
    }

    @Test
    void hearsOnWhenItsSelectorFailed() throws Exception {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
            readable = () -> drain(channel);
            CompletableFuture<Selector> broken = new CompletableFuture<>();
            thread.execute(() -> {
                try {
                    thread.register(channel);
                    thread.selector().close();
                    broken.complete(thread.selector());
                } catch (java.io.IOException e) {
                    broken.completeExceptionally(e);
                }
            });
            assertThat(broken.get(PATIENCE_SECONDS, TimeUnit.SECONDS).isOpen()).isFalse();
            next(failures);
            worksOn();
            CompletableFuture<Boolean> open = new CompletableFuture<>();
            thread.execute(() -> open.complete(thread.selector().isOpen()));
            assertThat(open.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            channel.send(ByteBuffer.wrap(new byte[] {7}), channel.getLocalAddress());
            assertThat(next(read)).isEqualTo("7");
            worksOn();
        }
    }

    private void drain(DatagramChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocate(9);
        try {
            while (channel.receive(buffer.clear()) != null) {
                read.add(Integer.toString(buffer.get(0)));
            }
        } catch (java.io.IOException e) {
            failures.add(e);
        }
    }
}
