/**
 * What Consul and go-micro say in JSON and tags: nodes of a service, checks, tags with version, endpoints and metadata.
 *
 * <p>go-micro counterpart: go-plugins {@code registry/consul/encoding.go}. Sends nothing and keeps nothing.
 */
@NullMarked
package dev.vertxmicro.registry.consul.wire;

import org.jspecify.annotations.NullMarked;
