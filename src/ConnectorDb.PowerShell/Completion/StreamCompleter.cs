namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the paths of streams.</summary>
public sealed class StreamCompleter : PathCompleter
{
    internal override CdbPathKind Kind => CdbPathKind.Stream;
}
