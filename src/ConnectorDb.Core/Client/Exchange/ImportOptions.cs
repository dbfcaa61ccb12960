namespace ConnectorDb.Core.Client.Exchange;

/// <summary>What an import decides that the folder does not.</summary>
public sealed class ImportOptions
{
    /// <summary>Of users that are made, in clear text. Without it they have none, which a server may refuse.</summary>
    public string? Password { get; init; }

    /// <summary>Devices keep the API keys that were exported; otherwise, and where there are none, they get new ones.</summary>
    public bool WithKeys { get; init; } = true;

    /// <summary>What is there already stays as it is, and gets what it lacks; otherwise it is an error.</summary>
    public bool Merge { get; init; }
}
