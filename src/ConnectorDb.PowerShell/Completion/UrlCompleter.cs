using System.Collections;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the addresses of the servers that the session started or has open, and of a server on this machine.</summary>
public sealed class UrlCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
    {
        RunspaceSession session = RunspaceSession.Current;
        string[] connected = [.. session.Connections.Select(connection => connection.Location).Where(location => location.StartsWith("http", StringComparison.Ordinal))];
        return [
            .. session.Servers.Select(server => new CompletionItem(server.Url, server.Url, $"serves {server.Store}")),
            .. connected.Select(url => new CompletionItem(url, url, "")),
            new(ServerSettings.DefaultUrl, ServerSettings.DefaultUrl, "a server on this machine"),
        ];
    }
}
