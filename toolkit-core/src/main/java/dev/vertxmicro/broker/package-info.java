/**
 * Publish and subscribe: topics, queue groups, acknowledgement, redelivery, dead letters, typed payloads.
 *
 * <p>go-micro counterpart: package {@code broker}, and {@code Publisher} and {@code RegisterSubscriber} of the root package.
 *
 * <pre>{@code
 * Topic<Student> students = Topic.of("go.micro.srv.message", Student.class);
 * students.subscribe(broker, (student, delivery) -> mail(student), SubscribeOptions.DEFAULTS.withQueue("mailer"));
 * students.publish(broker, student, Metadata.of("name", "davie"));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.broker;

import org.jspecify.annotations.NullMarked;
