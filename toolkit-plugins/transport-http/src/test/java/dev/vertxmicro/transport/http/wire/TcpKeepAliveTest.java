package dev.vertxmicro.transport.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.NettyPipeline;
import dev.vertxmicro.testkit.recording.Await;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.SocketOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The system asks as often as the options say, where it knows how. */
class TcpKeepAliveTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private Channel connect() {
        NetServer server = Await.result(
                vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));
        NetSocket socket = Await.result(vertx.createNetClient().connect(server.actualPort(), "127.0.0.1"));
        return NettyPipeline.of(socket).channel();
    }

    private static int option(Channel channel, SocketOption<Integer> option) {
        return channel.config().getOption(NioChannelOption.of(option));
    }

    @Test
    void asksAfterTheIdleTimeFiveTimesWithinTheTimeout() {
        Channel channel = connect();
        TcpKeepAlive.on(channel, new SignsOfLife.Settings(Duration.ofSeconds(10), Duration.ofSeconds(5)));
        assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
        assertThat(option(channel, ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(10);
        assertThat(option(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(1);
        assertThat(option(channel, ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(5);
    }

    @Test
    void asksNoSoonerThanAfterASecondAndNoLaterThanSystemsCan() {
        Channel channel = connect();
        TcpKeepAlive.on(channel, new SignsOfLife.Settings(Duration.ofMillis(1), Duration.ofMillis(1)));
        assertThat(option(channel, ExtendedSocketOptions.TCP_KEEPIDLE)).isOne();
        assertThat(option(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL)).isOne();
        TcpKeepAlive.on(channel, new SignsOfLife.Settings(Duration.ofDays(10_000), Duration.ofDays(10_000)));
        assertThat(option(channel, ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(32_767);
    }

    @Test
    void leavesAllAsItIsWhereKeepAliveIsOff() {
        Channel channel = connect();
        TcpKeepAlive.on(channel, new SignsOfLife.Settings(Duration.ZERO, Duration.ofSeconds(5)));
        assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isFalse();
    }
}
