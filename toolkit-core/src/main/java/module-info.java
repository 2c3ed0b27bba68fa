/** The contracts of the toolkit and all their logic, free of any engine. */
@SuppressWarnings("requires-transitive-automatic") // protobuf-java ships no module-info
module dev.vertxmicro.core {
    requires transitive com.fasterxml.jackson.databind;
    requires transitive com.google.protobuf;
    requires transitive io.vertx.core;
    requires static org.immutables.value.annotations;
    requires static org.jspecify;

    // the eight contracts
    exports dev.vertxmicro.broker;
    exports dev.vertxmicro.client;
    exports dev.vertxmicro.codec;
    exports dev.vertxmicro.registry;
    exports dev.vertxmicro.selector;
    exports dev.vertxmicro.server;
    exports dev.vertxmicro.service;
    exports dev.vertxmicro.transport;

    // what is put around them
    exports dev.vertxmicro.wrapper;

    // what they speak of
    exports dev.vertxmicro.error;
    exports dev.vertxmicro.message;
    exports dev.vertxmicro.time;

    // for those who implement a broker, a registry or a transport
    exports dev.vertxmicro.broker.envelope;
    exports dev.vertxmicro.broker.local;
    exports dev.vertxmicro.registry.local;
    exports dev.vertxmicro.transport.local;

    // for those who configure them
    exports dev.vertxmicro.config;
}
