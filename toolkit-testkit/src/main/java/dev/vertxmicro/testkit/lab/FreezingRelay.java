package dev.vertxmicro.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something on the way between a caller and a server of 127.0.0.1 that can drop all silently, as a cut cable or a NAT that forgot
 * does, without privileges. While it is frozen nothing passes in either direction, nobody is told, and no further connection
 * comes about: its queue of connections is kept full, so that the system drops what asks for more. Unlike behind a real cut the
 * system acknowledges bytes up to a buffer's worth.
 */
public final class FreezingRelay implements AutoCloseable {
    private static final int FILLING = 4;

    private final InetSocketAddress target;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final SelectionKey accepting;
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<SocketChannel> filling = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "freezing relay");
    private final List<SocketChannel> forgotten = new ArrayList<>();
    /** Both ends of each connection, by the address that the server knows it by. Belongs to the relay's thread. */
    private final Map<String, List<SocketChannel>> ends = new HashMap<>();

    private volatile boolean frozen;
    private volatile @Nullable Errand asked;
    private volatile boolean closed;

    /** What is to be done with each end of the connections that there are. */
    private record Errand(Consumer<SocketChannel> what, CountDownLatch done) {}

    private FreezingRelay(InetSocketAddress target) throws IOException {
        this.target = target;
        this.selector = Selector.open();
        this.server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.configureBlocking(false);
        this.accepting = server.register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts one.
     *
     * @param port of 127.0.0.1, where somebody listens by the time there is a connection
     * @return the relay, through which all passes
     */
    public static FreezingRelay to(int port) {
        try {
            return new FreezingRelay(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives its own address.
     *
     * @return {@code 127.0.0.1:port}
     */
    public String address() {
        return "127.0.0.1:" + port();
    }

    private int port() {
        return server.socket().getLocalPort();
    }

    /**
     * Counts the connections that came about.
     *
     * @return how many, closed ones included
     */
    public int connections() {
        return accepted.get();
    }

    /** Lets nothing pass from now on. */
    public synchronized void freeze() {
        if (frozen) {
            return;
        }
        frozen = true;
        selector.wakeup();
        try {
            for (int i = 0; i < FILLING; i++) {
                SocketChannel one = SocketChannel.open();
                one.configureBlocking(false);
                one.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
                filling.add(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets all pass again, what has come meanwhile first. */
    public synchronized void heal() {
        filling.forEach(Relayed::close);
        filling.clear();
        frozen = false;
        selector.wakeup();
    }

    /** Lets nothing pass any more on the connections that there are, as a NAT that forgot them; further ones pass. */
    public void forget() {
        await(forgotten::add);
    }

    /** Breaks the connections that there are, for both sides, as a proxy that crashes; further ones pass. */
    public void cut() {
        await(Relayed::reset);
    }

    /**
     * Breaks one of the connections that there are and lets nothing pass any more on the others, as when a node died and word of
     * it has come by one only; further ones pass.
     *
     * @param peer the address by which the server knows the connection, {@code 127.0.0.1:port}
     */
    public void cutOnly(String peer) {
        await(channel -> {
            if (ends.getOrDefault(peer, List.of()).contains(channel)) {
                Relayed.reset(channel);
            } else {
                forgotten.add(channel);
            }
        });
    }

    private void await(Consumer<SocketChannel> what) {
        Errand errand = new Errand(what, new CountDownLatch(1));
        asked = errand;
        selector.wakeup();
        try {
            errand.done().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Errand errand) throws IOException {
        asked = null;
        for (SelectionKey key : List.copyOf(selector.keys())) {
            if (key.attachment() instanceof Relayed && key.channel() instanceof SocketChannel channel) {
                key.cancel();
                errand.what().accept(channel);
            }
        }
        selector.selectNow(); // a channel is closed once its key is gone
        errand.done().countDown();
    }

    private void run() {
        try {
            while (!closed) {
                if (frozen) {
                    accepting.interestOps(0);
                    rest();
                } else {
                    accepting.interestOps(SelectionKey.OP_ACCEPT);
                    selector.select();
                    Errand errand = asked;
                    if (errand != null) {
                        run(errand);
                    }
                    turn();
                }
            }
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                throw new IllegalStateException("relay", e);
            }
        } finally {
            closeAll();
        }
    }

    /** Whoever thaws or closes wakes the selector; what is ready meanwhile must not. */
    private void rest() throws IOException {
        try (Selector other = Selector.open()) {
            while (frozen && !closed) {
                other.select(1);
            }
        }
    }

    private void turn() {
        for (SelectionKey key : selector.selectedKeys()) {
            if (frozen) {
                break;
            }
            if (key.isValid() && key.isAcceptable()) {
                accept();
            } else if (key.isValid() && key.attachment() instanceof Relayed relayed) {
                relayed.pump();
            }
        }
        selector.selectedKeys().clear();
    }

    private void accept() {
        try {
            SocketChannel from = server.accept();
            if (from == null) {
                return;
            }
            accepted.incrementAndGet();
            SocketChannel to = SocketChannel.open();
            try {
                to.connect(target);
                ends.put("127.0.0.1:" + to.socket().getLocalPort(), List.of(from, to));
                Relayed.connect(selector, from, to);
            } catch (IOException refused) {
                Relayed.close(from);
                Relayed.close(to);
            }
        } catch (IOException gone) {
            // who asked has left meanwhile
        }
    }

    private void closeAll() {
        selector.keys().forEach(key -> Relayed.close(key.channel()));
        forgotten.forEach(Relayed::close);
        filling.forEach(Relayed::close);
        Relayed.close(selector);
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
