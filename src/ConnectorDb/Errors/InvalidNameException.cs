namespace ConnectorDb;

/// <summary>A name or path breaks the rule of <see cref="CdbName"/>.</summary>
public sealed class InvalidNameException(string name, string kind, string fault)
    : CdbException($"'{name}' is not a valid {kind}{(kind == "path" ? "" : " name")}: {fault}.", name);
