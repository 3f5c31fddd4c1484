package dev.heliograph.console.workspace;

/// What a page shows and does. It asks the cluster while its page is in sight only. Threadsafe.
public interface PageModel extends AutoCloseable {

    /// The page has come into sight: from now on it asks, until [#hidden].
    void shown();

    /// The page is out of sight: it costs the cluster nothing any more.
    void hidden();

    /// Ends it for good; it is hidden, if it was not.
    @Override
    void close();
}
