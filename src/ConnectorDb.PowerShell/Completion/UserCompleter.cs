namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the paths of users.</summary>
public sealed class UserCompleter : PathCompleter
{
    private protected override CdbPathKind Kind => CdbPathKind.User;
}
