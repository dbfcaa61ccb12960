using System.Collections;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the roles of users.</summary>
public sealed class UserRoleCompleter : CdbCompleter
{
    private static readonly CompletionItem[] s_roles =
    [
        new("user", "user", "Owns devices, and reads public devices of others."),
        new("admin", "admin", "Reads and changes everything."),
    ];

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => s_roles;
}
