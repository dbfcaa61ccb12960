using System.Collections;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Refuses an empty text or list, too.</summary>
public sealed class NonEmptyAttribute : NonNullAttribute
{
    private protected override bool IsMissing(object? given)
        => given is null or "" or ICollection { Count: 0 } || (given is IList { Count: 1 } one && PowerShellObject.Unwrap(one[0]) is null or "");
}
