package dev.vertxmicro.bench.startup;

import java.util.List;

/**
 * One way to start the greeter.
 *
 * @param name     how the table calls it
 * @param endpoint go-micro's name of its endpoint
 * @param command  the command line; {@code CONF} stands for the file that says where to listen
 */
record StartupContender(String name, String endpoint, List<String> command) {
    static final String CONF = "CONF";

    /** Copies the command. */
    StartupContender {
        command = List.copyOf(command);
    }

    List<String> command(String conf) {
        return command.stream().map(word -> word.equals(CONF) ? conf : word).toList();
    }
}
