using System.Collections;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the roles of devices.</summary>
public sealed class DeviceRoleCompleter : CdbCompleter
{
    internal static IReadOnlyList<CompletionItem> All { get; } =
    [
        new("none", "none", "Reads and writes itself and its own streams."),
        new("reader", "reader", "Reads everything that its user may read."),
        new("writer", "writer", "Reads, and writes to downlinks."),
        new("user", "user", "Has all rights of its user."),
    ];

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => All;
}
