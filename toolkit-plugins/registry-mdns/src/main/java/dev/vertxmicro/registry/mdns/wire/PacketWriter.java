package dev.vertxmicro.registry.mdns.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Compression;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;

/**
 * Writes DNS packets byte for byte as go-micro does: records keep their order, and the target of an SRV record is written in
 * full but later names may point into it.
 */
public final class PacketWriter {
    /** Flags of an answer: QR and AA. */
    public static final int ANSWER = 0x8400;
    /** Flags of an announcement as go-micro sends it: QR. */
    static final int ANNOUNCEMENT = 0x8000;

    private final DNSOutput out = new DNSOutput(512);
    private final @Nullable Compression names;

    private PacketWriter(boolean compressed) {
        names = compressed ? new Compression() : null;
    }

    /**
     * Writes a query of class IN.
     *
     * @param id its id
     * @param names what is asked for, one question each
     * @param type which
     * @return it
     */
    public static byte[] query(int id, List<Name> names, int type) {
        PacketWriter writer = new PacketWriter(true);
        writer.header(id, 0, names.size(), 0);
        for (Name name : names) {
            writer.question(name, type, DClass.IN);
        }
        return writer.out.toByteArray();
    }

    /**
     * Writes a compressed answer with id 0 and no question.
     *
     * @param records in their order
     * @return the packet
     */
    public static byte[] answer(List<? extends Record> records) {
        return response(ANSWER, records, true);
    }

    /**
     * Writes a compressed answer that repeats what was asked.
     *
     * @param id       of the query
     * @param question of the query
     * @param records  in their order
     * @return the packet
     */
    public static byte[] answer(int id, Record question, List<? extends Record> records) {
        PacketWriter writer = new PacketWriter(true);
        writer.header(id, ANSWER, 1, records.size());
        writer.question(question.getName(), question.getType(), question.getDClass());
        records.forEach(writer::record);
        return writer.out.toByteArray();
    }

    /**
     * Writes an uncompressed announcement with id 0.
     *
     * @param records in their order
     * @return the packet
     */
    public static byte[] announcement(List<? extends Record> records) {
        return response(ANNOUNCEMENT, records, false);
    }

    private static byte[] response(int flags, List<? extends Record> records, boolean compressed) {
        PacketWriter writer = new PacketWriter(compressed);
        writer.header(0, flags, 0, records.size());
        records.forEach(writer::record);
        return writer.out.toByteArray();
    }

    private void question(Name name, int type, int dclass) {
        name.toWire(out, names);
        out.writeU16(type);
        out.writeU16(dclass);
    }

    private void header(int id, int flags, int questions, int answers) {
        out.writeU16(id);
        out.writeU16(flags);
        out.writeU16(questions);
        out.writeU16(answers);
        out.writeU16(0);
        out.writeU16(0);
    }

    private void record(Record record) {
        record.getName().toWire(out, names);
        out.writeU16(record.getType());
        out.writeU16(record.getDClass());
        out.writeU32(record.getTTL());
        int length = out.current();
        out.writeU16(0);
        data(record);
        out.writeU16At(out.current() - length - 2, length);
    }

    private void data(Record record) {
        if (record instanceof PTRRecord pointer) {
            pointer.getTarget().toWire(out, names);
        } else if (record instanceof SRVRecord server) {
            out.writeU16(server.getPriority());
            out.writeU16(server.getWeight());
            out.writeU16(server.getPort());
            remember(server.getTarget());
            server.getTarget().toWire(out, null);
        } else {
            out.writeByteArray(record.rdataToWireCanonical());
        }
    }

    private void remember(Name target) {
        if (names == null) {
            return;
        }
        int position = out.current();
        for (int i = 0; i < target.labels() - 1; i++) {
            Name suffix = new Name(target, i);
            if (names.get(suffix) < 0) {
                names.add(position, suffix);
            }
            position += target.getLabel(i).length;
        }
    }
}
