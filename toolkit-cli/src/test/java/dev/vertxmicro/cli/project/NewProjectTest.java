package dev.vertxmicro.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewProjectTest {
    @ParameterizedTest
    @CsvSource({
        "greeter, com.example.greeter",
        "go.micro.srv.order-service, com.example.orderservice",
        "class, com.example.classservice",
        "in, com.example.inservice",
    })
    void goesIntoAPackageCalledAfterTheService(String name, String packageName) {
        assertThat(NewProject.of(name).packageName()).isEqualTo(packageName);
    }

    @ParameterizedTest
    @CsvSource({
        "Com.example, ' (expected: words of lower-case letters, digits and _, with dots between them, such as com.example.orders)'",
        "'', ' (expected: words of lower-case letters, digits and _, with dots between them, such as com.example.orders)'",
        "a..b, ' (expected: words of lower-case letters, digits and _, with dots between them, such as com.example.orders)'",
        "a.1b, ' (expected: words of lower-case letters, digits and _, with dots between them, such as com.example.orders)'",
        "../x, ' (expected: words of lower-case letters, digits and _, with dots between them, such as com.example.orders)'",
        "com.new.x, ': new is a keyword (expected: another word, such as new_)'",
        "com._.x, ': _ is a keyword (expected: another word, such as __)'",
        "java.util.x, ' (expected: not Java''s own)'",
    })
    void refusesWhatIsNoPackage(String packageName, String why) {
        NewProject project = NewProject.of("greeter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> project.withPackage(packageName))
                .withMessage("--package: \"" + packageName + "\"" + why);
    }

    @Test
    void refusesKotlinsKeywordsInKotlinOnly() {
        NewProject project = NewProject.of("greeter").withPackage("com.fun");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> project.withLanguage(ProjectLanguage.KOTLIN))
                .withMessage("--package: \"com.fun\": fun is a keyword (expected: another word, such as fun_)");
    }
}
