package dev.vertxmicro.selector;

import dev.vertxmicro.message.Metadata;

/** What is seen of a call when a node is chosen for it. Used on the context of the call; what it gives is not kept. */
public interface CallView {
    /** A call that tells nothing of itself. */
    CallView UNKNOWN = new CallView() {
        @Override
        public String endpoint() {
            return "";
        }

        @Override
        public Metadata metadata() {
            return Metadata.EMPTY;
        }

        @Override
        public Object body() {
            return "";
        }
    };

    /**
     * Names what is called.
     *
     * @return {@code Greeter.Hello}
     */
    String endpoint();

    /**
     * Gives what the call sends beside its body.
     *
     * @return the metadata
     */
    Metadata metadata();

    /**
     * Gives the request message.
     *
     * @return what the caller gave; the first of a stream
     */
    Object body();
}
