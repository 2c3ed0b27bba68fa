/**
 * Sessions with ZooKeeper, through Curator, which waits in places and so has a thread of its own.
 *
 * <p>go-micro counterpart: {@code github.com/samuel/go-zookeeper}, which go-plugins' registry stands on.
 */
@NullMarked
package dev.vertxmicro.registry.zookeeper.session;

import org.jspecify.annotations.NullMarked;
