namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the paths of devices.</summary>
public sealed class DeviceCompleter : PathCompleter
{
    internal override CdbPathKind Kind => CdbPathKind.Device;
}
