package dev.vertxmicro.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectNameTest {
    @ParameterizedTest
    @CsvSource({
        "greeter, greeter, greeter, Greeter",
        "order-service, order-service, order_service, Order",
        "student_service, student_service, student_service, Student",
        "go.micro.srv.price-list2, price-list2, price_list2, PriceList2",
        "service, service, service, Service",
        "a, a, a, A",
    })
    void callsTheRestAfterTheName(String name, String artifact, String proto, String className) {
        assertThat(ProjectName.parse(name)).isEqualTo(new ProjectName(name, artifact, proto, className));
    }

    @ParameterizedTest
    @CsvSource({
        "OrderService, order-service",
        "'Order Service', order-service",
        "order--service-, order-service",
        "-greeter, greeter",
        "go.micro.1srv, go.micro.srv",
        "../greeter, greeter",
        "grüße, gr-e",
    })
    void refusesWithTheNearestValid(String name, String nearest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProjectName.parse(name))
                .withMessage("NAME: \"" + name + "\" (expected: lower-case letters, digits, and - _ . between them; "
                        + "nearest valid: " + nearest + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1", "服务", ".", "-"})
    void refusesWhatIsNearNothing(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProjectName.parse(name))
                .withMessage("NAME: \"" + name
                        + "\" (expected: lower-case letters, digits, and - _ . between them, such as order-service)");
    }

    @Test
    void refusesMoreThanALabelOfTheDnsHolds() {
        assertThat(ProjectName.parse("a".repeat(63)).service()).hasSize(63);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProjectName.parse("a".repeat(64)))
                .withMessage("NAME: 64 characters (expected: at most 63)");
    }
}
