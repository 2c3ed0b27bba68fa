/**
 * Registers nodes, keeps them registered when a session is replaced, and takes them back.
 *
 * <p>go-micro counterpart: {@code Register} and {@code Deregister} of go-plugins {@code registry/zookeeper}. Stands on
 * {@code session} and {@code wire}.
 */
@NullMarked
package dev.vertxmicro.registry.zookeeper.registration;

import org.jspecify.annotations.NullMarked;
