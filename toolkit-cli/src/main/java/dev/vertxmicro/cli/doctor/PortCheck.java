package dev.vertxmicro.cli.doctor;

import dev.vertxmicro.config.HostPort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * An address that the service wants to listen on.
 *
 * @param key     its key in the descriptor
 * @param address {@code host:port}
 * @param instead how to choose another
 */
public record PortCheck(String key, String address, String instead) implements Check {
    @Override
    public String subject() {
        return "port";
    }

    @Override
    public Finding look() throws IOException {
        String what = key + " " + address;
        HostPort wanted;
        try {
            wanted = HostPort.listening(address);
        } catch (IllegalArgumentException e) {
            return Finding.wrong("port", key + ": " + e.getMessage(), "choose another by " + instead);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(wanted.host()), wanted.port()));
            return Finding.well("port", what + (wanted.port() == 0 ? ": any free one" : ": free"));
        } catch (UnknownHostException e) {
            return Finding.wrong("port", what + ": no such host", "choose one of this machine by " + instead);
        } catch (BindException e) {
            String reason = String.valueOf(e.getMessage());
            String advice = reason.contains("in use")
                    ? "stop who has it (ss -ltnp), unless it is this very service; or choose another by " + instead
                    : "choose an address and a port that this machine may use by " + instead;
            return Finding.wrong("port", what + ": " + reason, advice);
        } catch (IOException e) {
            return Finding.wrong("port", what + ": " + e.getMessage(), "choose another by " + instead);
        }
    }
}
