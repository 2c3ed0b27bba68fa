package dev.vertxmicro.transport.http.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.net.SocketOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * Has the system ask whether the other system still has a connection (RFC 9293, 3.8.4), while nothing is on its way: all that can be known
 * of a peer that says nothing by itself. What is not known to a system is left as it is.
 */
public final class TcpKeepAlive {
    private static final int QUESTIONS = 5;

    private TcpKeepAlive() {}

    /**
     * Sets it up.
     *
     * @param channel  a connection
     * @param settings the idle time, in whole seconds, and the time for all questions
     */
    public static void on(Channel channel, SignsOfLife.Settings settings) {
        if (settings.interval().isZero()) {
            return;
        }
        ChannelConfig config = channel.config();
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        set(config, ExtendedSocketOptions.TCP_KEEPIDLE, seconds(settings.interval()));
        set(
                config,
                ExtendedSocketOptions.TCP_KEEPINTERVAL,
                seconds(settings.timeout().dividedBy(QUESTIONS)));
        set(config, ExtendedSocketOptions.TCP_KEEPCOUNT, QUESTIONS);
    }

    private static void set(ChannelConfig config, SocketOption<Integer> option, int value) {
        config.setOption(NioChannelOption.of(option), value);
    }

    private static int seconds(Duration time) {
        return (int) Math.min(Short.MAX_VALUE, Math.max(1, time.toSeconds()));
    }
}
