package dev.vertxmicro.spi;

/** What every plugin tells of itself. */
public interface Provider {

    /**
     * Names the type, as a descriptor and a flag do.
     *
     * @return the type, such as {@code mdns}
     */
    String type();
}
