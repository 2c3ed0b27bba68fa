package dev.vertxmicro.wrapper.tracing;

/** How spans are called. */
public enum SpanNames {
    /** As go-micro's opentracing wrapper: {@code greeter.Greeter.Hello}, {@code Pub to students}. */
    GO_MICRO('.', "Pub to ", "Pub to "),
    /** As OpenTelemetry's conventions: {@code greeter/Greeter.Hello}, {@code publish students}, {@code process students}. */
    SEMCONV('/', "publish ", "process ");

    /** Names may be a caller's. */
    private static final int LONGEST = 256;

    private final char separator;
    private final String publish;
    private final String process;

    SpanNames(char separator, String publish, String process) {
        this.separator = separator;
        this.publish = publish;
        this.process = process;
    }

    String call(String service, String endpoint) {
        return cut(service + separator + endpoint);
    }

    String published(String topic) {
        return cut(publish + topic);
    }

    String processed(String topic) {
        return cut(process + topic);
    }

    /** Shortens what somebody else may have chosen. */
    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
