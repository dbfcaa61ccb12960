namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the owner in the path of a new device.</summary>
public sealed class NewDeviceCompleter : PathCompleter
{
    internal override CdbPathKind Kind => CdbPathKind.Device;

    private protected override bool IsNew => true;
}
