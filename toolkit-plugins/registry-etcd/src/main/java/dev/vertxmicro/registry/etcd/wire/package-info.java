/**
 * The form of what is kept in etcd: keys, and values in go-micro's JSON.
 *
 * <p>go-micro counterpart: {@code registry/etcd}.
 */
@NullMarked
package dev.vertxmicro.registry.etcd.wire;

import org.jspecify.annotations.NullMarked;
