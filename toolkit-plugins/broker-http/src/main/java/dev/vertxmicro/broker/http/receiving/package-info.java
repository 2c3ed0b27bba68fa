/**
 * The port that messages come to: reads requests, hands each to its subscribers and answers when they have handled it.
 */
@NullMarked
package dev.vertxmicro.broker.http.receiving;

import org.jspecify.annotations.NullMarked;
