package dev.heliograph.server.control;

/// One kind of what operators decide: the name that it is kept under and the type that Jackson writes and reads
/// as JSON. Fields that a node does not know are ignored, so that nodes of two versions understand each other.
///
/// @param name lower case with underscores; never changes its meaning
public record DocumentType<T>(String name, Class<T> body) {}
