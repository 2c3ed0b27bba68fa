package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.TlsFailure;
import io.vertx.mqtt.MqttConnectionException;
import java.util.Locale;

/** Words why a connection could not be made, or was lost. */
final class ConnectFailure {
    private ConnectFailure() {}

    static String text(Throwable failure) {
        if (failure instanceof MicroException error) {
            return error.detail();
        }
        if (failure instanceof MqttConnectionException refused) {
            String code = refused.code().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return "refused: " + code.replace("connection refused ", "");
        }
        String message = failure.getMessage();
        if (message == null || message.isEmpty()) {
            return failure.getClass().getSimpleName();
        }
        if (message.equals("Closed")) {
            return "closed the connection without an answer";
        }
        return message.startsWith("Connection refused")
                ? "connection refused"
                : TlsFailure.text(failure).orElse(message);
    }
}
