package dev.vertxmicro.bench;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Shows that the harness runs; real benchmarks take its place. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HarnessBench {
    /** A buffer made and read back. */
    @Benchmark
    public int buffer() {
        return Buffer.buffer(8).appendInt(42).getInt(0);
    }
}
