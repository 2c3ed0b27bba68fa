package dev.vertxmicro.cli.doctor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether this host hears what it says to a multicast group, interface by interface, which mDNS needs. Nothing of it leaves the
 * host: the time to live is 0.
 *
 * @param group      an IPv4 group
 * @param interfaces names of the only ones to use; empty for all
 * @param waitMillis how long to listen at one interface
 */
public record MulticastCheck(String group, List<String> interfaces, int waitMillis) implements Check {
    private static final byte[] WORD = "vertx-micro doctor".getBytes(StandardCharsets.US_ASCII);
    private static final String ADVICE =
            "bring up a network that does multicast (ip link set eth0 up multicast on), allow it in the firewall, or choose"
                    + " another registry, such as --registry=consul";

    /** Copies the list. */
    public MulticastCheck {
        interfaces = List.copyOf(interfaces);
    }

    @Override
    public String subject() {
        return "multicast";
    }

    @Override
    public Finding look() throws IOException {
        List<String> heard = new ArrayList<>();
        List<String> deaf = new ArrayList<>();
        InetAddress address = InetAddress.getByName(group);
        for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
            if (usable(device)) {
                String problem = problem(device, address);
                (problem.isEmpty() ? heard : deaf).add(device.getName() + problem);
            }
        }
        if (heard.isEmpty()) {
            String where = deaf.isEmpty() ? "no usable interface" : "nothing heard on " + String.join(", ", deaf);
            return Finding.wrong("multicast", group + ": " + where, ADVICE);
        }
        String text = group + ": heard on " + String.join(", ", heard);
        return deaf.isEmpty()
                ? Finding.well("multicast", text)
                : new Finding("multicast", true, text + ", not on " + String.join(", ", deaf), ADVICE);
    }

    private boolean usable(NetworkInterface device) throws IOException {
        boolean wanted = interfaces.isEmpty() || interfaces.contains(device.getName());
        return wanted && device.isUp() && device.inetAddresses().anyMatch(Inet4Address.class::isInstance);
    }

    /** Says something to the group and listens; gives what prevents it, or nothing. */
    private String problem(NetworkInterface device, InetAddress address) {
        try (MulticastSocket socket = new MulticastSocket(0)) {
            socket.setNetworkInterface(device);
            socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
            socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            socket.joinGroup(new InetSocketAddress(address, 0), device);
            socket.setSoTimeout(waitMillis);
            socket.send(new DatagramPacket(WORD, WORD.length, address, socket.getLocalPort()));
            socket.receive(new DatagramPacket(new byte[WORD.length], WORD.length));
            return "";
        } catch (IOException e) {
            return " (" + e.getMessage() + ")";
        }
    }
}
