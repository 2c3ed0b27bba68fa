package dev.vertxmicro.transport.http.wire;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.TlsFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;

/** Words, as Go does, that no connection came about. */
public final class DialFailure {
    private DialFailure() {}

    /**
     * Words a failure to connect, which is always safe to try again.
     *
     * @param address of the server
     * @param cause   what went wrong
     * @return the error
     */
    public static MicroException of(String address, Throwable cause) {
        return MicroException.internal(
                        "go.micro.client", "connection error: dial tcp " + address + ": " + why(address, cause))
                .withCause(cause)
                .withFault(Fault.UNREACHABLE)
                .asRetryable();
    }

    /**
     * Says that an address is none, which is the fault of the node that has it.
     *
     * @param malformed what is wrong with it
     * @return the error
     */
    public static MicroException of(IllegalArgumentException malformed) {
        return MicroException.internal("go.micro.client", "connection error: " + malformed.getMessage())
                .withFault(Fault.UNREACHABLE)
                .asRetryable();
    }

    private static String why(String address, Throwable cause) {
        if (cause instanceof ConnectException && isRefused(cause)) {
            return "connect: connection refused";
        }
        if (cause instanceof UnknownHostException) {
            return "lookup " + HostPort.split(address).map(HostPort::host).orElse(address) + ": no such host";
        }
        return TlsFailure.text(cause).orElseGet(() -> String.valueOf(cause.getMessage()));
    }

    private static boolean isRefused(Throwable cause) {
        return String.valueOf(cause.getMessage()).startsWith("Connection refused");
    }
}
