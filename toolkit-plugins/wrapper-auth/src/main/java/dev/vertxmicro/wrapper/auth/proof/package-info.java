/**
 * What the proofs of who calls have in common: they are asked for each call, stream and message, what they have found is kept, and what
 * they refuse is said in few words.
 */
@NullMarked
package dev.vertxmicro.wrapper.auth.proof;

import org.jspecify.annotations.NullMarked;
