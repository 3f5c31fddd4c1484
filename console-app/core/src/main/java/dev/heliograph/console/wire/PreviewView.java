package dev.heliograph.console.wire;

import java.util.List;

/// `PreviewView` of the admin API's document (docs/openapi.json).
public record PreviewView(long matching, long hit, List<Hit> examples) {}
