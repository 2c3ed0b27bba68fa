package dev.vertxmicro.registry.etcd.watch;

import com.google.protobuf.ByteString;
import java.util.Map;

/**
 * All entries of a range, at one moment.
 *
 * @param entries  by their keys; what cannot be read is left out
 * @param revision of etcd at that moment
 */
record EtcdListing(Map<ByteString, EtcdEntry> entries, long revision) {}
