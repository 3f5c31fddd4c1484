package dev.heliograph.console.wire;

import java.util.List;

/// `DrainsMessage` of the admin API's document (docs/openapi.json).
public record DrainsMessage(String type, boolean active, List<DrainRow> drains, List<String> missing)
        implements StreamMessage {}
