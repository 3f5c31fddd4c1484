package dev.heliograph.console.desktop.ui.form;

import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.value.Loaded;

/// From what a model has loaded to what a view says about it.
public final class States {

    private States() {}

    /// How a view is whose data comes from the cluster.
    ///
    /// @param what   is read, for the time until it is there
    /// @param cancel gives it up
    /// @param retry  asks again
    public static ViewState of(Loaded<?> loaded, String what, Runnable cancel, Runnable retry) {
        if (loaded.problem().isPresent()) {
            return ViewState.failed(loaded.problem().get(), retry);
        }
        return loaded.data().isEmpty() && loaded.loading() ? ViewState.loading(what, cancel) : ViewState.ready();
    }
}
