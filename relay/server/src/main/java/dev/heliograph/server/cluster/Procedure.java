package dev.heliograph.server.cluster;

/// Something that nodes do when they are asked to: its name and the types of what it takes and gives, which Jackson
/// writes and reads as JSON. Fields that a node does not know are ignored, so that nodes of two versions understand
/// each other.
///
/// @param name never changes its meaning
public record Procedure<Q, A>(String name, Class<Q> question, Class<A> answer) {}
