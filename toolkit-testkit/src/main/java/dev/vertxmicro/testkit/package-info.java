/**
 * What an adapter's author tests with: the contract suites, which stand here, and in rooms below what they and other tests use.
 *
 * <p>{@code recording} remembers what was told, {@code program} and {@code server} start what is real, {@code architecture} holds the
 * shape of the code. {@link dev.vertxmicro.testkit.Loopback} is for authors of services.
 *
 * <pre>{@code
 * class MemoryRegistryTest extends RegistryContract {
 *     private final ManualTimers timers = Timers.manual();
 *
 *     @Override
 *     protected Registry registry() {
 *         return Registry.inMemory(timers);
 *     }
 *
 *     @Override
 *     protected void pass(Duration time) {
 *         timers.advance(time);
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.testkit;

import org.jspecify.annotations.NullMarked;
