package dev.heliograph.console.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ConnectionView` of the admin API's document (docs/openapi.json).
public record ConnectionView(
        ConnectionRow connection,
        @Nullable Long closedAt,
        List<SubscriptionRow> subscriptions,
        List<EventRow> events,
        List<String> missing) {}
