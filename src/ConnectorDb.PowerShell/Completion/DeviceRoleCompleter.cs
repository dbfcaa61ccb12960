using System.Collections;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the roles of devices.</summary>
public sealed class DeviceRoleCompleter : CdbCompleter
{
    private static readonly Offer[] s_roles =
    [
        new("none", "none", "Sees and writes itself and its own streams."),
        new("reader", "reader", "Reads what its user may read."),
        new("writer", "writer", "Reads, and asks for values through downlinks."),
        new("user", "user", "Does what its user may do."),
    ];

    private protected override IEnumerable<Offer> Offers(string word, IDictionary bound)
        => s_roles.Where(role => role.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase));
}
