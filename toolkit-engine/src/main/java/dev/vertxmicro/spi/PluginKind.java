package dev.vertxmicro.spi;

/** The contracts that plugins provide. */
public enum PluginKind {
    /** Calls and streams between processes. */
    TRANSPORT("transport", TransportProvider.class),
    /** Where services are found. */
    REGISTRY("registry", RegistryProvider.class),
    /** Where messages go. */
    BROKER("broker", BrokerProvider.class),
    /** Other directories that a RegistryVerticle shows its services in. */
    DISCOVERY("discovery", RegistryBridgeProvider.class),
    /** What is put around calls, streams and messages. */
    WRAPPER("wrappers", WrapperProvider.class);

    private final String text;
    private final Class<? extends Provider> contract;

    PluginKind(String text, Class<? extends Provider> contract) {
        this.text = text;
        this.contract = contract;
    }

    /**
     * Names the kind.
     *
     * @return as the descriptor's section is named
     */
    public String text() {
        return text;
    }

    /**
     * Tells what a plugin of this kind provides.
     *
     * @return the provider interface
     */
    public Class<? extends Provider> contract() {
        return contract;
    }

    static PluginKind of(Class<? extends Provider> contract) {
        for (PluginKind kind : values()) {
            if (kind.contract == contract) {
                return kind;
            }
        }
        throw new IllegalArgumentException("contract: " + contract.getName() + " (expected: that of a kind of plugin)");
    }
}
