package dev.vertxmicro.registry.nats.bucket;

import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import java.time.Duration;

/**
 * The bucket.
 *
 * @param name           of the bucket
 * @param inFiles        whether it outlives a restart of its server
 * @param replicas       how many servers of a cluster keep it
 * @param bucketTtl      after which time the server forgets an entry that nobody renewed
 * @param requestTimeout how long an answer may take
 */
public record BucketSettings(String name, boolean inFiles, int replicas, Duration bucketTtl, Duration requestTimeout) {

    /** Names the stream that keeps it. */
    String stream() {
        return "KV_" + name;
    }

    /** Names what entries are published to, before their key. */
    String prefix() {
        return "$KV." + name + ".";
    }

    KeyValueConfiguration configuration() {
        return KeyValueConfiguration.builder(name)
                .description("services of vertx-micro")
                .maxHistoryPerKey(1)
                .ttl(bucketTtl)
                .storageType(inFiles ? StorageType.File : StorageType.Memory)
                .replicas(replicas)
                .build();
    }
}
