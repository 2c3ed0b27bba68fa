/**
 * Tests of one's own services in JUnit 5: a verticle that runs as it will, in the JVM of the test, and a client that finds it.
 *
 * <p>go-micro counterpart: none; its services are tested with the memory registry by hand.
 *
 * <pre>{@code
 * @MicroTest(value = GreeterVerticle.class, descriptor = "conf/greeter.json")
 * class GreeterVerticleTest {
 *     @Test
 *     void greets(TestServices services) {
 *         HelloRequest request = HelloRequest.newBuilder().setName("Ada").build();
 *         GreeterService greeter = GreeterService.create("greeter", services.client());
 *         assert services.await(greeter.hello(request)).getGreeting().equals("Hello Ada");
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.junit5;

import org.jspecify.annotations.NullMarked;
