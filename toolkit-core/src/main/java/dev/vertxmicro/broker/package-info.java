/**
 * Publish and subscribe: topics, queue groups, acknowledgement, typed payloads.
 *
 * <p>go-micro counterpart: package {@code broker}, and {@code Publisher} and {@code RegisterSubscriber} of the root package.
 *
 * <pre>{@code
 * Topic<Student> students = Topic.of("go.micro.srv.message", Student.class);
 * students.subscribe(broker, SubscribeOptions.DEFAULTS.withQueue("mailer"), delivery -> mail(delivery.payload()));
 * students.publish(broker, student, Metadata.of("name", "davie"));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.broker;

import org.jspecify.annotations.NullMarked;
