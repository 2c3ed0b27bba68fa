package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.TlsFailure;
import io.netty.handler.codec.DecoderException;
import io.vertx.mqtt.MqttConnectionException;
import java.util.Locale;

/** Words why a connection could not be made, or was lost. */
final class ConnectFailure {
    private static final String NO_ANSWER = "closed the connection without an answer";

    private ConnectFailure() {}

    /** Tells whether a server that speaks no MQTT 5 would answer so: it refuses, or does not understand, its CONNECT. */
    static boolean isOfOldServer(Throwable failure) {
        String text = text(failure);
        return text.endsWith("protocol version") || text.equals(NO_ANSWER) || failure instanceof DecoderException;
    }

    static String text(Throwable failure) {
        if (failure instanceof MicroException error) {
            return error.detail();
        }
        if (failure instanceof MqttConnectionException refused) {
            String code = refused.code().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return "refused: " + code.replace("connection refused ", "").replaceFirst(" 5$", "");
        }
        String message = failure.getMessage();
        if (message == null || message.isEmpty()) {
            return failure.getClass().getSimpleName();
        }
        if (message.equals("Closed")) {
            return NO_ANSWER;
        }
        return message.startsWith("Connection refused")
                ? "connection refused"
                : TlsFailure.text(failure).orElse(message);
    }
}
