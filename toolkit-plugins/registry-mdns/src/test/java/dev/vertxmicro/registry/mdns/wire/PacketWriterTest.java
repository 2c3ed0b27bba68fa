package dev.vertxmicro.registry.mdns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.ServiceInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Bytes captured from go-micro v1.18.0. */
class PacketWriterTest {
    private static final String TXT =
            "789c04c0310a43210c80e1bbfcb34bd7ec1d3b15ba8b2f05c126a2b18b78f7f76dde3afeb528c2d79dc447c7ac6e080f124fbbba578b"
                    + "89d86a2df1d2c8578e8c6cfaf0f0e20de1b74ae79c3b0000ffff0c9c1a9a";
    private static final String ANSWER_FOO =
            "00008400000000040000000003666f6f056d6963726f00000c000100000078000805666f6f2d31c00cc021002100010000007800"
                    + "0d000a0001238205686f73743100c03b000100010000007800040a010203c021001000010000007800a9a8";
    private static final String ANSWER_LISTING =
            "000084000000000400000000095f7365727669636573056d6963726f00000c000100000078001702676f056d6963726f03737276"
                    + "0767726565746572c00cc0270021000100000078000f000a0001270f076c6162686f737400c0500001000100000078000400"
                    + "000000c02700100001000000780000";

    private static String hex(byte[] packet) {
        return HexFormat.of().formatHex(packet);
    }

    private static Name name(String text) {
        return DnsNames.name("name", text);
    }

    private static NodeRecords foo() {
        return new NodeRecords(
                "foo",
                name("foo.micro"),
                name("foo-1.foo.micro"),
                name("host1"),
                NodeAddress.of(new dev.vertxmicro.registry.Node("foo-1", "10.1.2.3:9090", Map.of())),
                List.of(TXT),
                120,
                new ServiceInfo("foo", "1", Map.of(), List.of(), List.of()));
    }

    @Test
    void writesTheAnswerThatGoMicroTakes() {
        String text = HexFormat.of().formatHex(TXT.getBytes(StandardCharsets.US_ASCII));
        assertThat(hex(PacketWriter.answer(foo().all()))).isEqualTo(ANSWER_FOO + text);
    }

    @Test
    void repeatsTheQuestion() throws IOException {
        Message query = new Message(PacketWriter.query(0x25c0, List.of(name("foo.micro")), Type.PTR));
        Message answer = new Message(PacketWriter.answer(query.getHeader().getID(), query.getQuestion(), foo().all()));
        assertThat(answer.getHeader().getID()).isEqualTo(0x25c0);
        assertThat(answer.getSection(Section.QUESTION)).containsExactly(query.getQuestion());
        assertThat(answer.getSection(Section.ANSWER)).isEqualTo(foo().all());
    }

    @Test
    void writesTheListingAsGoMicroDoes() {
        NodeRecords listing = NodeRecords.listing("go.micro.srv.greeter", "micro", name("labhost"));
        assertThat(hex(PacketWriter.answer(listing.all()))).isEqualTo(ANSWER_LISTING);
    }

    @Test
    void writesQueriesAsGoMicroDoes() {
        assertThat(hex(PacketWriter.query(0x25c0, List.of(name("go.micro.srv.greeter.micro")), Type.PTR)))
                .isEqualTo("25c00000000100000000000002676f056d6963726f037372760767726565746572056d6963726f00000c0001");
        assertThat(hex(PacketWriter.query(0x7aab, List.of(name("_services.micro")), Type.PTR)))
                .isEqualTo("7aab00000001000000000000095f7365727669636573056d6963726f00000c0001");
    }

    @Test
    void announcesUncompressedWithoutPointer() throws IOException {
        byte[] packet = PacketWriter.announcement(foo().records(120));
        assertThat(hex(packet)).startsWith("000080000000000300000000" + "05666f6f2d3103666f6f056d6963726f000021");
        assertThat(new Message(packet).getSection(Section.ANSWER))
                .extracting(org.xbill.DNS.Record::getType)
                .containsExactly(Type.SRV, Type.A, Type.TXT);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Message message = new Message(PacketWriter.answer(foo().all()));
        assertThat(message.getHeader().getID()).isZero();
        assertThat(DnsResponse.read(message, "micro", java.net.InetAddress.getLoopbackAddress())
                        .nodes())
                .containsExactly(new DnsResponse.Instance("foo-1.foo.micro", 120, "10.1.2.3:9090", TXT));
    }

    @Test
    void pointsIntoTheTargetOfSrvOnlyForNamesThatFollow() throws IOException {
        PTRRecord pointer = new PTRRecord(name("b.host1"), DClass.IN, 120, name("c.b.host1"));
        byte[] packet = PacketWriter.answer(List.of(foo().location(120).get(0), pointer));
        assertThat(new Message(packet).getSection(Section.ANSWER).get(1)).isEqualTo(pointer);
    }
}
