namespace ConnectorDb.Core.Client.Exchange;

/// <summary>The options of an import.</summary>
public sealed class ImportOptions
{
    /// <summary>Password for created users, in plain text. Without it they have none, which a server may refuse.</summary>
    public string? Password { get; init; }

    /// <summary>Devices keep exported API keys; otherwise they get new ones.</summary>
    public bool WithKeys { get; init; } = true;

    /// <summary>Existing nodes are kept, and missing ones are added; otherwise an existing node is an error.</summary>
    public bool Merge { get; init; }
}
