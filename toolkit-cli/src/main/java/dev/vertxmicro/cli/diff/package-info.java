/**
 * Says in what two descriptors, service files or topologies differ, once all defaults are filled in.
 *
 * <p>go-micro counterpart: none.
 *
 * <pre>{@code
 * bin/vertx diff conf/greeter.json conf/consul.json
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.diff;

import org.jspecify.annotations.NullMarked;
