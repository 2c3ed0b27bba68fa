package dev.vertxmicro.codegen.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    /** The rows of golang/protobuf's TestCamelCase, and some of ours. */
    @ParameterizedTest
    @CsvSource({
        "one, One",
        "one_two, OneTwo",
        "_my_field_name_2, XMyFieldName_2",
        "Something_Capped, Something_Capped",
        "my_Name, My_Name",
        "OneTwo, OneTwo",
        "_, X",
        "_a_, XA_",
        "Greeter, Greeter",
        "greeter_service, GreeterService",
        "v2_api, V2Api",
        "HTTP, HTTP"
    })
    void camelCasesAsGoDoes(String name, String camelCase) {
        assertThat(Names.camelCase(name)).isEqualTo(camelCase);
    }

    @ParameterizedTest
    @CsvSource({
        "Hello, hello",
        "SayHello, sayHello",
        "say_hello, sayHello",
        "HTTPGet, httpGet",
        "ID, id",
        "GetURL, getURL",
        "class, class_",
        "Return, return_",
        "Yield, yield_",
        "record, record",
        "fun, fun",
        "toString, toString",
        "V2Beta, v2Beta",
        "_, _"
    })
    void namesMethodsAsJavaDoes(String rpc, String method) {
        assertThat(Names.method(rpc, RpcKind.UNARY)).isEqualTo(method.equals("_") ? "__" : method);
    }

    @ParameterizedTest
    @CsvSource({"Notify, notify_", "toString, toString_", "wait, wait_", "Hello, hello"})
    void keepsOffTheMethodsOfObjectWhereTheyTakeNothing(String rpc, String method) {
        assertThat(Names.method(rpc, RpcKind.CLIENT_STREAM)).isEqualTo(method);
    }

    @ParameterizedTest
    @CsvSource({
        "Hello, HELLO",
        "SayHello, SAY_HELLO",
        "say_hello, SAY_HELLO",
        "HTTPGet, HTTP_GET",
        "ID, ID",
        "GetURL, GET_URL",
        "V2Beta, V2_BETA",
        "_, RPC_"
    })
    void namesConstantsInCapitals(String rpc, String constant) {
        assertThat(Names.constant(rpc)).isEqualTo(constant);
    }

    @Test
    void tellsEqualNamesApart() {
        Set<String> taken = new HashSet<>();
        assertThat(Names.unique("get", taken)).isEqualTo("get");
        assertThat(Names.unique("get", taken)).isEqualTo("get_");
        assertThat(Names.unique("get", taken)).isEqualTo("get__");
    }
}
