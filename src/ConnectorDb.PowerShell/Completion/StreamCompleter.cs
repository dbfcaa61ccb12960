namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the paths of streams.</summary>
public sealed class StreamCompleter : PathCompleter
{
    private protected override CdbPathKind Kind => CdbPathKind.Stream;
}
