package dev.heliograph.soak;

/// What was seen in a part of the run, and of the relay at its end.
///
/// @param at          seconds since the load began, at its end
/// @param heap        bytes in use after a full collection
/// @param rss         resident bytes
/// @param descriptors open files and sockets of the relay
/// @param threads     of the relay
/// @param clients     that hear their channels
/// @param deliveries  to clients, in this window
/// @param p50         milliseconds from when a publication was due to a delivery; 0 without deliveries
/// @param p99         likewise
record Window(
        double at,
        long heap,
        long rss,
        int descriptors,
        int threads,
        int clients,
        long deliveries,
        double p50,
        double p99) {}
