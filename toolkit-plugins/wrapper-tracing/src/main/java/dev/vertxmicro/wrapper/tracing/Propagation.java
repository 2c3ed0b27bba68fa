package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Metadata;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries traces in metadata, by whatever propagators there are. */
final class Propagation {
    private static final TextMapGetter<Metadata> GETTER = new FromMetadata();
    private static final TextMapSetter<Carrier> SETTER = Propagation::set;

    private final TextMapPropagator propagator;
    /** As HTTP writes them, in go-micro too. */
    private final Map<String, String> titles;

    Propagation(TextMapPropagator propagator) {
        this.propagator = propagator;
        this.titles = propagator.fields().stream()
                .distinct()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), Propagation::title));
    }

    /** What goes out; made for each message that does. */
    private static final class Carrier {
        private final Map<String, String> titles;
        private CallContext context;

        Carrier(Map<String, String> titles, CallContext context) {
            this.titles = titles;
            this.context = context;
        }
    }

    private static final class FromMetadata implements TextMapGetter<Metadata> {
        @Override
        @SuppressWarnings("deprecation") // still the one that propagators ask
        public Iterable<String> keys(Metadata metadata) {
            List<String> keys = new ArrayList<>(metadata.size());
            // in lower case, as the prefix of jaeger's baggage is
            metadata.forEach((name, value) -> keys.add(name.toLowerCase(Locale.ROOT)));
            return keys;
        }

        @Override
        public @Nullable String get(@Nullable Metadata metadata, String key) {
            String value = metadata == null ? "" : metadata.value(key, "");
            return value.isEmpty() ? null : value;
        }

        @Override
        public Iterator<String> getAll(@Nullable Metadata metadata, String key) {
            return metadata == null || !metadata.contains(key)
                    ? Collections.emptyIterator()
                    : metadata.all(key).iterator();
        }
    }

    /** What is no name of a header, such as one that a caller chose for his baggage, stays here. */
    private static void set(@Nullable Carrier carrier, String name, String value) {
        if (carrier == null) {
            return;
        }
        String title = carrier.titles.getOrDefault(name, name);
        if (carrier.context.outgoing().value(title, "").equals(value)) {
            return;
        }
        try {
            carrier.context = carrier.context.withMetadata(title, value);
        } catch (IllegalArgumentException notOfHttp) {
            // the trace goes on without it
        }
    }

    private static String title(String name) {
        StringBuilder title = new StringBuilder(name.length());
        boolean first = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            title.append(first ? Character.toUpperCase(c) : c);
            first = c == '-';
        }
        return title.toString();
    }

    /** Reads what came; the base where nothing did. */
    Context extract(Context base, Metadata metadata) {
        return metadata.size() == 0 ? base : propagator.extract(base, metadata, GETTER);
    }

    /** Has calls carry the trace. */
    CallContext inject(Context telemetry, CallContext context) {
        Carrier carrier = new Carrier(titles, context);
        propagator.inject(telemetry, carrier, SETTER);
        return carrier.context;
    }
}
