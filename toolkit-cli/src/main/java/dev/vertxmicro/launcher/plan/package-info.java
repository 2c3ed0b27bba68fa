/**
 * What {@code run} deploys, checked before anything starts: verticles, service files, topologies.
 *
 * <p>go-micro counterpart: {@code micro.NewService} and its options.
 *
 * <pre>{@code
 * bin/vertx run conf/topology.json
 * bin/vertx run service:greeter
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.launcher.plan;

import org.jspecify.annotations.NullMarked;
