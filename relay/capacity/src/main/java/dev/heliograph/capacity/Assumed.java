package dev.heliograph.capacity;

/// What the model takes for granted without a measurement of its own. Each stands in `docs/capacity.md`, and
/// in the list
/// of what is uncertain where it matters.
final class Assumed {

    /// ln 100: of waiting times with an exponential tail, the one that 99 of 100 stay below is so many means.
    static final double P99_OF_MEAN = Math.log(100);

    /// Of the kernel for an established TCP connection without unread or unsent data.
    static final double KERNEL_BYTES_OF_CONNECTION = 4_096;

    /// Ethernet, IP and TCP headers of a packet, with time stamps; each packet is acknowledged by another one.
    static final double PACKET_BYTES = 66;

    /// Payload of a packet on an Ethernet.
    static final double SEGMENT_BYTES = 1_448;

    /// Head of a request to the HTTP API, and its answer.
    static final double REQUEST_BYTES = 350;

    /// Between relay and Redis, beside a payload.
    static final double REDIS_MESSAGE_BYTES = 150;

    /// Of Redis, for each relay that it sends a publication to beyond the first.
    static final double REDIS_FAN_OUT_US = 5;

    /// Seconds after which a relay renews the presence of a subscription: the default of
    /// `client.presence_update_interval`.
    static final double PRESENCE_SECONDS = 27;

    /// Of Redis, for who is in a channel.
    static final double PRESENCE_BYTES = 250;

    /// For which an idempotency key is remembered, in seconds, and its size.
    static final double IDEMPOTENCY_SECONDS = 300;

    static final double IDEMPOTENCY_BYTES = 200;

    /// Where a calibration has no figure of its own.
    static final double SUBSCRIPTION_BYTES = 300;

    static final double PING_US = 15;
    static final double HEARD_US = 20;
    static final double REDIS_BASE_BYTES = 2_000_000;
    static final double REDIS_CHANNEL_BYTES = 600;
    static final double REDIS_ENTRY_BYTES = 100;

    /// The part of the machine's memory that the heap may have: conf/jvm.options.
    static final double HEAP_SHARE = 0.6;

    /// Of memory and file descriptors, the part that a plan uses.
    static final double FULL = 0.8;

    /// File descriptors of a process: the default of `relay_max_open_files`, and those that are not clients.
    static final double OPEN_FILES = 1_048_576;

    static final double OTHER_FILES = 300;

    /// What processors may be used to while clients come back.
    static final double STORM_UTILISATION = 0.95;

    /// Redis and its copies: a majority of three is left when one is lost.
    static final int REDIS_COPIES = 3;

    static final int BALANCERS = 2;

    /// Hours of a month, for prices.
    static final double MONTH_HOURS = 730;

    static final double GIB = 1024.0 * 1024 * 1024;

    private Assumed() {}
}
