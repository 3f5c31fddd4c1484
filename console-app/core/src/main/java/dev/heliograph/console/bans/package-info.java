/// Who is kept out: rules for addresses, bans of users, revoked tokens, and the proposals that change them.
@NullMarked
package dev.heliograph.console.bans;

import org.jspecify.annotations.NullMarked;
