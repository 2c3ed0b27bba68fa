package dev.vertxmicro.testkit.fuzz;

import java.util.List;

/**
 * One decoder that is given anything. Must fail only as it declares: {@link #decode} catches that and nothing else. Has a
 * public constructor without parameters.
 */
public interface FuzzTarget {

    /** Decodes an input. What it throws is a finding, as is an input that takes seconds or fills the heap. */
    void decode(byte[] input) throws Exception;

    /** Inputs to begin with, and those that were findings once. */
    List<byte[]> seeds();
}
