package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.wrapper.auth.proof.Checks;
import dev.vertxmicro.wrapper.auth.proof.StoredKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.immutables.value.Value;

/**
 * Settings of {@code "type": "api-key"}. The key is in the metadata {@code X-Api-Key}.
 *
 * @param keys      who has a key; 1,000 at most, with those of the file
 * @param file      JSON file with a list of the same; empty for none
 * @param admission who is let in
 * @param key       what a client shows; empty for nothing
 * @param services  which services see it, `*` for all; without any of these nobody does
 * @param topics    at which topics subscribers and the broker see it, `*` for all; without any nobody does
 */
@Value.Builder
@OptionsStyle
public record ApiKeyOptions(
        List<Key> keys, String file, AdmissionOptions admission, Secret key, List<String> services, List<String> topics)
        implements WithApiKeyOptions {
    private static final int MOST_KEYS = 1_000;
    private static final int MOST_BYTES = 4 << 20;

    /** Nobody has one, nothing is shown. */
    public static final ApiKeyOptions DEFAULTS =
            new ApiKeyOptions(List.of(), "", AdmissionOptions.DEFAULTS, Secret.NONE, List.of(), List.of());

    /** Checks the values. */
    public ApiKeyOptions {
        keys = List.copyOf(keys);
        services = List.copyOf(services);
        topics = List.copyOf(topics);
        Checks.check(keys.size() <= MOST_KEYS, "keys", keys.size(), "<= " + MOST_KEYS);
        Checks.filled("services", services);
        Checks.filled("topics", topics);
        Checks.check(
                key.isEmpty() || !services.isEmpty() || !topics.isEmpty(),
                "services",
                services,
                "to whom the key goes, * for all; or topics");
        Checks.check(key.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f), "key", "***", "a key without blanks");
    }

    /**
     * Whose a key is.
     *
     * @param name   who has it
     * @param hash   `sha256:` or `sha512:` and the hash of the key in hexadecimal digits
     * @param scopes what he may do
     * @param roles  what he is
     */
    public record Key(String name, String hash, List<String> scopes, List<String> roles) {
        /** Checks the values. */
        public Key {
            scopes = List.copyOf(scopes);
            roles = List.copyOf(roles);
            Checks.check(!name.isBlank(), "name", "\"\"", "who has the key");
            Checks.check(StoredKey.fits(hash), "hash", "***", "sha256: or sha512: and hexadecimal digits");
        }

        StoredKey stored() {
            return new StoredKey(name, hash, Set.copyOf(scopes), Set.copyOf(roles));
        }

        /** Shows no hash. */
        @Override
        public String toString() {
            return name;
        }

        private static Key read(Section section) {
            Key read = section.build(() -> new Key(
                    section.string("name", ""),
                    section.secret("hash").reveal(),
                    section.strings("scopes"),
                    section.strings("roles")));
            section.end();
            return read;
        }
    }

    static ApiKeyOptions read(Section section) {
        AdmissionOptions admission = AdmissionOptions.read(section);
        Section client = section.section("client");
        return section.build(() -> new ApiKeyOptions(
                section.sections("keys").stream().map(Key::read).toList(),
                section.string("file", DEFAULTS.file()),
                admission,
                client.secret("key"),
                client.list("services", DEFAULTS.services()),
                client.list("topics", DEFAULTS.topics())));
    }

    /** Gives all keys; reads the file. */
    List<StoredKey> stored() {
        List<Key> all = new ArrayList<>(keys);
        if (!file.isEmpty()) {
            all.addAll(ofFile());
        }
        Checks.check(all.size() <= MOST_KEYS, "keys", all.size(), "<= " + MOST_KEYS);
        return all.stream()
                .map(Key::stored)
                .sorted(Comparator.comparing(StoredKey::algorithm))
                .toList();
    }

    private List<Key> ofFile() {
        try {
            Path path = Path.of(file);
            Checks.check(Files.size(path) <= MOST_BYTES, "file", file, "<= " + MOST_BYTES + " bytes");
            JsonObject root = new JsonObject().put("keys", new JsonArray(Files.readString(path)));
            return Section.root(root).sections("keys").stream().map(Key::read).toList();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("file: " + file + " (expected: a file that can be read)");
        }
    }
}
