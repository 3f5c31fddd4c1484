package dev.heliograph.server.guard;

import dev.heliograph.server.ip.IpAddress;
/// A change would keep out the address of whoever makes it. Nothing was changed; they may insist.

public final class OwnAddressException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    OwnAddressException(IpAddress address, String network) {
        super("your own address " + address + " would be refused by " + network + "; force it if you mean it");
    }
}
