using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas;

/// <summary>A compiled JSON Schema that validates blocks.</summary>
internal sealed class CompiledSchema(SchemaNode root)
{
    private const int ShownLength = 60;

    /// <summary>Throws at the first value that does not match.</summary>
    /// <param name="stream">The stream that the points are for, as the error names it.</param>
    /// <exception cref="SchemaViolationException">The message says which datapoint and why.</exception>
    public void Check(object stream, Block points)
    {
        if (AcceptsAll(points.Values))
        {
            return;
        }

        for (int i = 0; i < points.Count; i++)
        {
            if (Check(stream, points, i) is { } error)
            {
                throw error;
            }
        }
    }

    /// <summary>Why one value does not match; null when it does.</summary>
    /// <inheritdoc cref="Check(object, Block)"/>
    public SchemaViolationException? Check(object stream, Block points, int index)
        => FaultOf(points.Values[index]) is { } fault ? Violation(stream, index, points.Times.Span[index], fault) : null;

    /// <summary>True when all values match, as far as the column tells that without a look at each value.</summary>
    public bool AcceptsAll(Column values)
    {
        try
        {
            return root.Accepts(values, new Effort(0));
        }
        catch (InsufficientExecutionStackException)
        {
            return false;
        }
    }

    private Fault? FaultOf(DataValue value)
    {
        try
        {
            return root.Check(value, new Effort(ColumnWeight.Of(value)));
        }
        catch (InsufficientExecutionStackException)
        {
            return new Fault(value, "is nested too deeply to validate");
        }
    }

    private static SchemaViolationException Violation(object stream, int index, double t, Fault fault)
    {
        string when = double.IsFinite(t) ? $" ({UnixTime.ToDateTimeOffset(t):yyyy-MM-dd HH:mm:ss'Z'})" : "";
        string reason = ReasonOf(fault);
        return new SchemaViolationException(
            $"Datapoint {index}{when} does not obey the schema of '{stream}': {reason} Nothing of this call was written.",
            stream,
            index)
        {
            Reason = reason,
        };
    }

    private static string ReasonOf(Fault fault)
    {
        string where = fault.Pointer.Length > 0 ? $"at {fault.Pointer}, " : "";
        return $"{where}{Shortened(fault.Part)} {fault.Reason}.";
    }

    private static string Shortened(DataValue value)
    {
        string text = value.Kind == DataKind.Text && value.AsText().Length > ShownLength
            ? $"\"{value.AsText()[..ShownLength]}"
            : value.ToJson();
        return text.Length > ShownLength ? $"{text[..ShownLength]}…" : text;
    }
}
