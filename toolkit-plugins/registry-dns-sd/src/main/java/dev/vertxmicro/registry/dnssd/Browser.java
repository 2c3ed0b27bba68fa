package dev.vertxmicro.registry.dnssd;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.jmdns.ServiceEvent;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceListener;

/** Turns JmDNS's events into nodes. JmDNS calls it on a thread of its own. */
final class Browser implements ServiceListener {
    private static final System.Logger LOG = System.getLogger(Browser.class.getName());

    private final BiConsumer<String, dev.vertxmicro.registry.ServiceInfo> found;
    private final Consumer<String> lost;

    /**
     * Makes a browser.
     *
     * @param found told an instance and the service with its node
     * @param lost  told an instance that is gone
     */
    Browser(BiConsumer<String, dev.vertxmicro.registry.ServiceInfo> found, Consumer<String> lost) {
        this.found = found;
        this.lost = lost;
    }

    /** Only a name is known yet. */
    @Override
    public void serviceAdded(ServiceEvent event) {}

    @Override
    public void serviceRemoved(ServiceEvent event) {
        lost.accept(instance(event.getName()));
    }

    /** The first event may come before the TXT record has; another follows. */
    @Override
    public void serviceResolved(ServiceEvent event) {
        try {
            ServiceInfo info = event.getInfo();
            TxtRecord.decode(info.getTextBytes()).ifPresent(text -> address(info)
                    .ifPresent(address -> found.accept(instance(event.getName()), text.at(address))));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "dns-sd: " + event.getName() + " is malformed", e);
        }
    }

    /**
     * Gives the key of an instance: DNS does not tell upper from lower case.
     *
     * @param name the instance's
     * @return the key
     */
    static String instance(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Optional<String> address(ServiceInfo info) {
        return Arrays.stream(info.getInetAddresses())
                .min(Comparator.comparingInt((InetAddress address) -> address.getAddress().length))
                .map(address -> host(address) + ":" + info.getPort());
    }

    /**
     * Writes an address as that of a node begins.
     *
     * @param address an IP address
     * @return it, in brackets if it is IPv6
     */
    static String host(InetAddress address) {
        String literal = NetUtil.toAddressString(address);
        return address.getAddress().length == 4 ? literal : "[" + literal + "]";
    }
}
