package dev.heliograph.server.admin;

import dev.heliograph.server.control.DocumentType;

/// An opaque token that was made over the API; its document has its name as id.
///
/// @param role    as in the API
/// @param hash    SHA-256, in hexadecimal digits
/// @param author  who made it
/// @param created in Unix milliseconds
record StoredToken(String role, String hash, String author, long created) {

    static final DocumentType<StoredToken> TYPE = new DocumentType<>("operator_token", StoredToken.class);
}
