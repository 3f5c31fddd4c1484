package dev.heliograph.server.admin;

/// A parameter of a route, in its path or its query.
///
/// @param text what it means, for the description
record Param(String name, Kind kind, boolean required, String text) {

    enum Kind {
        TEXT("string"),
        INTEGER("integer"),
        FLAG("boolean");

        private final String schema;

        Kind(String schema) {
            this.schema = schema;
        }

        /// Its type in a JSON schema.
        String schema() {
            return schema;
        }
    }

    static Param text(String name, String text) {
        return new Param(name, Kind.TEXT, false, text);
    }

    static Param needed(String name, String text) {
        return new Param(name, Kind.TEXT, true, text);
    }

    static Param integer(String name, String text) {
        return new Param(name, Kind.INTEGER, false, text);
    }

    static Param flag(String name, String text) {
        return new Param(name, Kind.FLAG, false, text);
    }
}
