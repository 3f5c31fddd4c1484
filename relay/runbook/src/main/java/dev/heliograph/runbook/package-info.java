/// Runbooks: how one is written, and what it consists of. Pure: text in, records out.
///
/// A runbook is Markdown that reads well in any viewer: a front matter of flat `key: value` lines, prose, and fenced
/// blocks named `step`, each an action with its class, its checks and what takes it back. See [RunbookParser].
@NullMarked
package dev.heliograph.runbook;

import org.jspecify.annotations.NullMarked;
