/**
 * What a transport keeps in this process: the messages of a stream that wait for its reader. For those who implement a transport; who
 * uses one needs nothing of it. The transport in memory is these and nothing else.
 *
 * <p>go-micro counterpart: packages {@code transport/memory} and {@code util/socket}.
 *
 * <pre>{@code
 * StreamInbox inbox = new StreamInbox(Runnable::run, owner, Reservation.UNBOUNDED);
 * inbox.onMessage(each -> show(each));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.transport.local;

import org.jspecify.annotations.NullMarked;
