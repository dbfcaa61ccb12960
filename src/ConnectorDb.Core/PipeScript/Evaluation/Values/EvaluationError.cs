using System.Globalization;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>Why an evaluation cannot go on, and at which datapoint.</summary>
/// <param name="Reason">The reason: a sentence without its full stop.</param>
/// <param name="Time">Unix seconds of the datapoint.</param>
/// <param name="Value">The value of the datapoint.</param>
internal sealed record EvaluationError(string Reason, double Time, DataValue Value)
{
    /// <summary>The reason with the datapoint.</summary>
    public string Message
    {
        get
        {
            string at = UnixTime.ToDateTimeOffset(Time).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
            return $"{Reason}. The datapoint is {ValueText.Short(Value)} at {at} (t = {Time.ToString("R", CultureInfo.InvariantCulture)}).";
        }
    }

    /// <summary>The error of one datapoint of a block.</summary>
    public static EvaluationError At(Block block, int index, string what) => new(what, block.Times.Span[index], block.Values[index]);
}
