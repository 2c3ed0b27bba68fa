package dev.vertxmicro.verticle;

import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.EtcdServer;
import java.nio.file.Path;

/** The same with etcd. */
@Requires(Requirement.ETCD)
class EtcdSurvivalTest extends SurvivalTest {
    @Override
    Backend backend(Path directory) {
        EtcdServer server = EtcdServer.start(directory);
        return new Backend("etcd", server.address(), server::kill, server::startEmpty, server::close);
    }
}
