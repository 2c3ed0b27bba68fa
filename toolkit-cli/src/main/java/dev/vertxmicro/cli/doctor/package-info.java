/**
 * Looks at what a service needs around it, for {@code vertx doctor}: Java, ports, multicast, registry, broker, clock. go-micro has
 * no counterpart.
 *
 * <pre>{@code
 * Doctor doctor = new Doctor(List.of(new PortCheck("server.address", ":9090", "--server_address")));
 * doctor.examine().forEach(finding -> System.out.println(finding.line()));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.doctor;

import org.jspecify.annotations.NullMarked;
