namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the owner in the path of a new stream.</summary>
public sealed class NewStreamCompleter : PathCompleter
{
    internal override CdbPathKind Kind => CdbPathKind.Stream;

    private protected override bool IsNew => true;
}
