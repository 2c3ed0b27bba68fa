/** The contracts of the toolkit and all their logic, free of any engine. */
@SuppressWarnings("requires-transitive-automatic") // protobuf-java ships no module-info
module dev.vertxmicro.core {
    requires transitive com.fasterxml.jackson.databind;
    requires transitive com.google.protobuf;
    requires com.google.protobuf.util;
    requires transitive io.vertx.core;
    requires static org.jspecify;

// exports: API, then SPI
}
