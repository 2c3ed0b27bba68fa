/**
 * The members of an etcd cluster and what they are asked: the one place that knows gRPC.
 *
 * <p>go-micro counterpart: the client of etcd that {@code registry/etcd} uses.
 */
@NullMarked
package dev.vertxmicro.registry.etcd.member;

import org.jspecify.annotations.NullMarked;
