package dev.vertxmicro.bridge.session;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;

/** What differs between the frames of Vert.x's two bridges, whose clients are to be understood as they are. */
enum Dialect {
    /** Of vertx-tcp-eventbus-bridge. */
    TCP("message", "message") {
        @Override
        JsonObject failed(String address, String reply, ReplyException failure) {
            return super.failed(address, reply, failure).put("sourceAddress", address);
        }
    },
    /** Of the SockJS bridge of vertx-web. */
    SOCKJS("rec", "body");

    private final String delivery;
    private final String errorKey;

    Dialect(String delivery, String errorKey) {
        this.delivery = delivery;
        this.errorKey = errorKey;
    }

    /** Begins a message to the client. */
    JsonObject delivery(String address) {
        return new JsonObject().put("type", delivery).put("address", address);
    }

    /** Says how a request has failed. */
    JsonObject failed(String address, String reply, ReplyException failure) {
        return new JsonObject()
                .put("type", "err")
                .put("address", reply)
                .put("failureCode", failure.failureCode())
                .put("failureType", failure.failureType().name())
                .put("message", String.valueOf(failure.getMessage()));
    }

    /** Says in a word why a frame was refused. */
    JsonObject refused(String word) {
        return new JsonObject().put("type", "err").put(errorKey, word);
    }
}
