/// Alerts of an Alertmanager: what fires, who has taken it on, what is silenced and until when.
///
/// An Alertmanager has no acknowledgements. As karma (the dashboard that most of its users have) does, one is a short
/// silence of exactly that alert, whose comment begins with `ACK!`: whoever is on call is not paged again for the
/// moment,
/// everybody sees who has taken it on, and if nobody deals with it, it comes back by itself when the time is over.
/// kthxbye,
/// where it runs, goes on with such silences for as long as the alert fires.
@NullMarked
package dev.heliograph.console.alerts;

import org.jspecify.annotations.NullMarked;
