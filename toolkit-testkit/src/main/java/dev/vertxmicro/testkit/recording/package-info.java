/**
 * What a test sees by: handlers and logs that remember, and futures that are waited for.
 *
 * <pre>{@code
 * RecordingSubscriber subscriber = RecordingSubscriber.create();
 * Await.result(broker.subscribe("greetings", subscriber, SubscribeOptions.DEFAULTS));
 * Delivery first = subscriber.next();
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.testkit.recording;

import org.jspecify.annotations.NullMarked;
