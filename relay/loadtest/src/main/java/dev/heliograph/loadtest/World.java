package dev.heliograph.loadtest;

import dev.heliograph.protocol.Publication;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// What all clients share.
///
/// @param tokens of the client with a number
record World(
        Reactor reactor,
        Book book,
        List<Channel> channels,
        List<Endpoint> endpoints,
        IntFunction<String> tokens,
        RandomGenerator random) {

    /// Of the client with a number.
    Channel channel(int number) {
        return channels.get(number % channels.size());
    }

    Endpoint endpoint(int turn) {
        return endpoints.get(Math.floorMod(turn, endpoints.size()));
    }

    String token(int number) {
        return tokens.apply(number);
    }

    /// What was published: a number alone.
    int number(Publication publication) {
        byte[] digits = publication.data().array();
        int number = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9') {
                throw new IllegalStateException(
                        "somebody else publishes here: " + publication.data().text());
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }
}
