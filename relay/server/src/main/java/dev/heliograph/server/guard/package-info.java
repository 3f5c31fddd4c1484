/// Who is kept out, and who is slowed down: rules for addresses, bans of users, revoked tokens, and limits of rates and
/// counts. Decides, from what operators have put down in `control`; its callers refuse and disconnect.
@org.jspecify.annotations.NullMarked
package dev.heliograph.server.guard;
