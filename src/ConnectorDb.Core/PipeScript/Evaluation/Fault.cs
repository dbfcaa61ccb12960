using System.Globalization;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>Why an evaluation cannot go on, and at which datapoint.</summary>
/// <param name="What">What was wrong: a sentence without its full stop.</param>
/// <param name="Time">Unix seconds of the datapoint.</param>
/// <param name="Value">What it held.</param>
internal sealed record Fault(string What, double Time, DataValue Value)
{
    /// <summary>What was wrong, with the datapoint named.</summary>
    public string Message
    {
        get
        {
            string at = UnixTime.ToDateTimeOffset(Time).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
            return $"{What}. The datapoint is {ValueText.Short(Value)} at {at} (t = {Time.ToString("R", CultureInfo.InvariantCulture)}).";
        }
    }

    /// <summary>The fault of one datapoint of a block.</summary>
    public static Fault At(Block block, int index, string what) => new(what, block.Times.Span[index], block.Values[index]);
}
