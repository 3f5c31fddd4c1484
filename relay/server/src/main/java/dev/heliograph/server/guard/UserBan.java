package dev.heliograph.server.guard;

import dev.heliograph.server.control.DocumentType;

/// A user who may not connect, and is disconnected (3507). The document's id is the user's.
///
/// @param reason  for operators; never shown to clients
/// @param author  who put it down
/// @param created in Unix milliseconds
public record UserBan(String reason, String author, long created) {

    public static final DocumentType<UserBan> TYPE = new DocumentType<>("user_ban", UserBan.class);
}
