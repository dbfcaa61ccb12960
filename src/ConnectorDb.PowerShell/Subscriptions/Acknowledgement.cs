using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>Converts the output of a downlink action to datapoints for the stream.</summary>
internal static class Acknowledgement
{
    private static readonly PipelineDatapointReader s_reader = new();

    /// <param name="received">The datapoints of the downlink.</param>
    /// <param name="output">The output; a single <c>$true</c> acknowledges all received datapoints; <c>$false</c>, <c>$null</c> or no output acknowledges none.</param>
    /// <exception cref="InvalidValueException">The output contains a value without a JSON form.</exception>
    public static Block Of(Block received, IReadOnlyList<PSObject?> output)
    {
        if (output is [var only] && only?.BaseObject is bool isDone)
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
