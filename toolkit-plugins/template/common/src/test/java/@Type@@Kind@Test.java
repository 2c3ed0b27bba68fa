package @root@;

import dev.vertxmicro.@kind@.@Kind@;
import dev.vertxmicro.testkit.@Kind@Contract;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** Against the real thing: a server that this test starts, or that @Requires names. */
class @Type@@Kind@Test extends @Kind@Contract {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @Override
    protected @Kind@ @kind@() {
        return @Type@@Kind@.create(VERTX, @Type@@Kind@Options.DEFAULTS);
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
