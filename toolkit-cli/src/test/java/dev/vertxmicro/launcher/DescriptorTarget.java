package dev.vertxmicro.launcher;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A descriptor, from its text to its options. */
public final class DescriptorTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        try {
            ServiceDescriptor.parse(ConfigFile.read("{" + new String(input, StandardCharsets.UTF_8))
                    .json());
        } catch (LaunchException | ConfigException declared) {
            // no descriptor
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] json : Inputs.json(
                "{\"service\":{\"name\":\"a\",\"metadata\":{\"k\":\"v\"}},\"registry\":{\"type\":\"mdns\",\"ttl\":\"60s\",\"mdns\":{\"address\":\"224.0.0.251:5353\",\"interfaces\":[\"lo\"]}}}",
                "{\"registry\":{\"type\":\"dns-sd\",\"dns-sd\":{\"address\":\"10.0.0.1\",\"recordTtl\":\"2m\"}},\"server\":{\"address\":\":0\",\"threading\":\"worker\"}}",
                "{\"client\":{\"contentType\":\"application/json\",\"requestTimeout\":\"5s\",\"retries\":1,\"poolSize\":1},\"transport\":{\"type\":\"http\",\"http\":{}},\"app\":{\"x\":[1]}}")) {
            if (json.length > 0) {
                seeds.add(java.util.Arrays.copyOfRange(json, 1, json.length));
            }
        }
        return seeds;
    }
}
