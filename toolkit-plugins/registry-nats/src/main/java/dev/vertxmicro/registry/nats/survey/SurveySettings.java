package dev.vertxmicro.registry.nats.survey;

import java.time.Duration;

/**
 * How is asked.
 *
 * @param queryTopic where queries go
 * @param watchTopic where changes go
 * @param collect    how long answers are collected at least
 */
public record SurveySettings(String queryTopic, String watchTopic, Duration collect) {}
