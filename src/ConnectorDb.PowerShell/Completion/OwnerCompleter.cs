namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the paths of users and devices, which own other nodes.</summary>
public sealed class OwnerCompleter : NodeCompleter
{
    private protected override bool CanBe(CdbPathKind kind) => kind != CdbPathKind.Stream;
}
