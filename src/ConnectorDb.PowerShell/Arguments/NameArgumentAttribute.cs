using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Takes the name of something that is no user, device or stream also from a row of a table.</summary>
public sealed class NameArgumentAttribute(string kind) : ArgumentTransformationAttribute
{
    public string Kind { get; } = kind;

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => PowerShellObject.Unwrap(inputData) is LogChannel channel ? channel.NameOf(ChannelKind.Measurement)
            : TableRow.Of(inputData, Kind) is { } row ? TableRow.NameIn(row, Kind, "Name")
            : inputData;
}
