using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>What the action of a downlink answered, as datapoints for the stream.</summary>
internal static class Acknowledgement
{
    private static readonly DatapointReader s_reader = new();

    /// <param name="received">What was asked for.</param>
    /// <param name="answer"><c>$true</c> alone stands for all that was asked for; <c>$false</c>, <c>$null</c> or nothing for none of it.</param>
    /// <exception cref="InvalidValueException">The answer holds something that has no JSON form.</exception>
    public static Block Of(Block received, IReadOnlyList<PSObject?> answer)
    {
        if (answer is [var only] && only?.BaseObject is bool isDone)
        {
            return isDone ? new Block(received.Times, received.Values) : Block.Empty;
        }

        BlockBuilder points = new();
        foreach (PSObject? item in answer)
        {
            if (item is not null)
            {
                (double t, DataValue value, _) = s_reader.Read(item);
                points.Add(t, value);
            }
        }

        return points.Build();
    }
}
