package dev.vertxmicro.testkit.program;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips tests whose {@link Requires} is not met, or fails them on CI. */
final class RequiredPrograms implements ExecutionCondition {

    RequiredPrograms() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Requirement> missing = context.getElement()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, Requires.class))
                .flatMap(found -> Stream.of(found.value())
                        .filter(requirement -> !requirement.isMet())
                        .findFirst());
        missing.ifPresent(Requirement::failOnCi);
        return missing.map(requirement -> ConditionEvaluationResult.disabled(requirement.reason()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("nothing is missing"));
    }
}
