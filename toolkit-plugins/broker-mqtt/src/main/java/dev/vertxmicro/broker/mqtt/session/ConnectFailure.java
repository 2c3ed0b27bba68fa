package dev.vertxmicro.broker.mqtt.session;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.TlsFailure;
import io.netty.handler.codec.DecoderException;
import io.vertx.mqtt.MqttConnectionException;
import java.util.Locale;

/** Words why a connection could not be made, or was lost. */
final class ConnectFailure {
    private static final String NO_ANSWER = "closed the connection without an answer";

    private ConnectFailure() {}

    /** Tells whether the server says that it does not speak this version of MQTT. */
    static boolean refusesVersion(Throwable failure) {
        return text(failure).endsWith("protocol version");
    }

    /** Tells whether the server did not understand: it may not speak this version of MQTT, or be on its way down. */
    static boolean understandsNothing(Throwable failure) {
        return text(failure).equals(NO_ANSWER) || failure instanceof DecoderException;
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
