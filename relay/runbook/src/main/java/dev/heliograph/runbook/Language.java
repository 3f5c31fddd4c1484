package dev.heliograph.runbook;

/// What an argument is written in, and so how a value that is put into it stays just a value.
public enum Language {
    /// None: the value goes to the API as it is, as one value.
    DATA,
    /// The query language of docs/connections.md: texts are quoted.
    QUERY,
    /// PromQL: in texts quotes and backslashes are escaped; values of all other types have neither.
    PROMQL;

    /// The template with the values put in.
    ///
    /// @throws RunbookException if a variable has no value yet
    public String fill(Template template, Values values) {
        return template.fill(name -> values.in(this, name));
    }

    String quote(VariableType type, String value) {
        return switch (this) {
            case DATA -> value;
            case QUERY -> type.inQuery(value);
            case PROMQL -> value.replace("\\", "\\\\").replace("\"", "\\\"");
        };
    }
}
