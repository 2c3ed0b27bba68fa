package dev.vertxmicro.registry.dns;

import dev.vertxmicro.config.HostPort;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.dns.DefaultDnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddresses;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * The servers that are asked, and the socket they are asked by: Netty's resolver, on which Vert.x' own client stands, and which tells the TTL
 * of addresses, follows a CNAME, reads what came along, and asks again by TCP where an answer was cut.
 *
 * @param resolver has the socket
 * @param all      each knows services of its own
 */
record DnsServers(DnsNameResolver resolver, List<DnsServer> all) {

    /** Opens the socket; on the context whose event loop it is to be on. */
    static DnsServers open(Vertx vertx, DnsRegistryOptions options) {
        List<List<InetSocketAddress>> groups = options.addresses().isEmpty()
                ? List.of(DefaultDnsServerAddressStreamProvider.defaultAddressList())
                : options.addresses().stream()
                        .map(address -> List.of(address(address)))
                        .toList();
        DnsServerAddresses any = DnsServerAddresses.sequential(
                groups.stream().flatMap(List::stream).toList());
        VertxInternal internal = (VertxInternal) vertx;
        EventLoop loop = internal.getOrCreateContext().nettyEventLoop();
        DnsNameResolver resolver = new DnsNameResolverBuilder(loop)
                .datagramChannelFactory(() -> internal.transport().datagramChannel())
                .socketChannelFactory(() -> (SocketChannel)
                        internal.transport().channelFactory(false).newChannel())
                .nameServerProvider(host -> any.stream())
                .hostsFileEntriesResolver((host, types) -> null)
                .resolveCache(NoopDnsCache.INSTANCE)
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                .queryTimeoutMillis(Math.max(1, options.queryTimeout().toMillis()))
                .build();
        return new DnsServers(
                resolver,
                groups.stream().map(group -> new DnsServer(group, resolver)).toList());
    }

    private static InetSocketAddress address(String text) {
        HostPort at = HostPort.parse(text).orElseThrow();
        InetAddress host = NetUtil.createInetAddressFromIpAddressString(at.host());
        return new InetSocketAddress(Objects.requireNonNull(host, text), at.port());
    }

    void close() {
        resolver.close();
    }
}
