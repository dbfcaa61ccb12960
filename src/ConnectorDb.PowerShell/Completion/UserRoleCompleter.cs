using System.Collections;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the roles of users.</summary>
public sealed class UserRoleCompleter : CdbCompleter
{
    private static readonly Offer[] s_roles =
    [
        new("user", "user", "Owns devices, and sees what others make public."),
        new("admin", "admin", "Sees and changes everything."),
    ];

    private protected override IEnumerable<Offer> Offers(string word, IDictionary bound)
        => s_roles.Where(role => role.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase));
}
