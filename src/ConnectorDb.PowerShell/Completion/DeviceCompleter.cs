namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the paths of devices.</summary>
public sealed class DeviceCompleter : PathCompleter
{
    private protected override CdbPathKind Kind => CdbPathKind.Device;
}
