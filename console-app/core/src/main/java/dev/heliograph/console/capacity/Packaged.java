package dev.heliograph.console.capacity;

import dev.heliograph.capacity.Calibration;
import dev.heliograph.capacity.PriceList;

/// What plans are made from while the operator has nothing of their own.
public record Packaged(Calibration calibration, PriceList prices) {

    /// What comes with the console.
    public static Packaged read() {
        return new Packaged(Calibration.reference(), PriceList.packaged());
    }
}
