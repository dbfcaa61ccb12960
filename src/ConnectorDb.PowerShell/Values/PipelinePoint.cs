using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Values;

/// <summary>A datapoint from the pipeline. The time may be a text or a local date, whose meaning can depend on those before and after it.</summary>
/// <param name="T">Unix seconds; NaN without a time, or with one that is not read yet.</param>
/// <param name="Origin">The origin of a datapoint.</param>
/// <param name="Time">A text or a date of .NET that is not read yet; null for none.</param>
/// <param name="Property">The property with that time.</param>
internal readonly record struct PipelinePoint(double T, DataValue Value, string? Origin, object? Time = null, string? Property = null)
{
    /// <summary>False for a value without a time.</summary>
    public bool HasTime => Time is not null || !double.IsNaN(T);

    /// <summary>Reads the time among those of other rows.</summary>
    public void AddTo<TRow>(TimestampRows<TRow> rows, TRow row)
    {
        switch (Time)
        {
            case string text:
                rows.Add(text, row);
                break;
            case DateTime date:
                rows.Add(date, row);
                break;
            default:
                rows.Add(T, row);
                break;
        }
    }

    /// <summary>The error of a time that is refused.</summary>
    public InvalidValueException Refused(string reason, object? given) => new($"The property '{Property}' is not a time. {reason}", given);
}
