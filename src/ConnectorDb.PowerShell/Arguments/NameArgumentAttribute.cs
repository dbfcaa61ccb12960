using System.Management.Automation;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Takes the name of something that is no user, device or stream also from a row of a table.</summary>
public sealed class NameArgumentAttribute(string kind) : ArgumentTransformationAttribute
{
    public string Kind { get; } = kind;

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => TableRow.Of(inputData, Kind) is { } row ? TableRow.NameIn(row, Kind, "Name") : inputData;
}
