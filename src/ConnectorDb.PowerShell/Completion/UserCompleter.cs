namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the paths of users.</summary>
public sealed class UserCompleter : PathCompleter
{
    internal override CdbPathKind Kind => CdbPathKind.User;
}
