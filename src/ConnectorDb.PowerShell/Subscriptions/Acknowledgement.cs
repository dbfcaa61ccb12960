using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>
/// The response of a downlink action. <c>$true</c> at the end of its output acknowledges all received datapoints, <c>$false</c> none;
/// output before it is ignored. Other output is datapoints or values for the stream.
/// </summary>
internal sealed class Acknowledgement(IReadOnlyList<PSObject?> output)
{
    private static readonly PipelineDatapointReader s_reader = new();

    /// <summary>True or false when the output ends with it.</summary>
    public bool? Decision { get; } = output is [.., { BaseObject: bool decision }] ? decision : null;

    /// <summary>True when there is other output before the decision.</summary>
    public bool HasOther => Decision is not null && output.Count > 1;

    /// <summary>The datapoints for the stream.</summary>
    /// <param name="received">The datapoints of the downlink.</param>
    /// <exception cref="InvalidValueException">The output contains a value without a JSON form.</exception>
    public Block Of(Block received)
    {
        if (Decision is { } isDone)
        {
            return isDone ? new Block(received.Times, received.Values) : Block.Empty;
        }

        BlockBuilder points = new();
        foreach (PSObject? item in output)
        {
            if (item is not null)
            {
                PipelinePoint point = s_reader.ReadOne(item);
                points.Add(point.T, point.Value);
            }
        }

        return points.Build();
    }
}
