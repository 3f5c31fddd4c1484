package dev.heliograph.console.workspace;

import dev.heliograph.console.action.Gate;
import dev.heliograph.console.action.Journal;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.value.Value;
import java.time.Clock;

/// One cluster that the console is connected to: what the models of its pages are made of. Tests make one of parts of
/// their own.
///
/// @param cluster    its name, as the operator calls it
/// @param api        calls of the admin API, at whichever node answers
/// @param live       the live stream
/// @param link       how the console stands with the cluster
/// @param gate       in front of every change
/// @param journal    of the changes made
/// @param background for what takes time
/// @param clock      for all times that are shown or compared
public record Workspace(
        String cluster,
        AdminApi api,
        LiveFeed live,
        Value<LinkState> link,
        Gate gate,
        Journal journal,
        Background background,
        Clock clock) {}
