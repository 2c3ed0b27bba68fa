package dev.vertxmicro.registry.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What of an answer is of use here.
 *
 * @param services the SRV records
 * @param asked    addresses that were asked for, whatever names they were found under, as behind a CNAME
 * @param more     addresses of hosts that came along, by name
 * @param ttl      seconds that all of it is good; {@link Long#MAX_VALUE} where there is nothing
 */
record DnsAnswer(List<Target> services, List<String> asked, Map<String, List<String>> more, long ttl) {
    /** There is no such name, or it has no such records. */
    static final DnsAnswer NOTHING = new DnsAnswer(List.of(), List.of(), Map.of(), Long.MAX_VALUE);

    private static final int SRV_NUMBERS = 6;

    /** Where a SRV record points to. */
    record Target(int priority, int weight, int port, String host) {}

    /** Reads it; throws where a record is malformed. */
    static DnsAnswer read(DnsResponse response, DnsRecordType type) {
        List<Target> services = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        Map<String, List<String>> more = new LinkedHashMap<>();
        long ttl = Long.MAX_VALUE;
        for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
            DnsRecord record = response.recordAt(DnsSection.ANSWER, i);
            ttl = Math.min(ttl, record.timeToLive());
            if (record.type().equals(type) && record instanceof ByteBufHolder raw) {
                if (type.equals(DnsRecordType.SRV)) {
                    services.add(target(raw.content().duplicate()));
                } else {
                    asked.add(address(raw.content()));
                }
            }
        }
        for (int i = 0; i < response.count(DnsSection.ADDITIONAL); i++) {
            DnsRecord record = response.recordAt(DnsSection.ADDITIONAL, i);
            if (record.type().equals(DnsRecordType.A) && record instanceof ByteBufHolder raw) {
                ttl = Math.min(ttl, record.timeToLive());
                more.computeIfAbsent(host(record.name()), name -> new ArrayList<>())
                        .add(address(raw.content()));
            }
        }
        return services.isEmpty() && asked.isEmpty() ? NOTHING : new DnsAnswer(services, asked, more, ttl);
    }

    boolean isEmpty() {
        return services.isEmpty() && asked.isEmpty();
    }

    private static Target target(ByteBuf content) {
        if (content.readableBytes() <= SRV_NUMBERS) {
            throw new IllegalArgumentException("SRV record of " + content.readableBytes() + " bytes (expected: > 6)");
        }
        int priority = content.readUnsignedShort();
        int weight = content.readUnsignedShort();
        int port = content.readUnsignedShort();
        return new Target(priority, weight, port, host(DefaultDnsRecordDecoder.decodeName(content)));
    }

    /** Names are equal in any case, with and without the dot at their end. */
    private static String host(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static String address(ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        return NetUtil.bytesToIpAddress(bytes); // refuses any other length
    }
}
