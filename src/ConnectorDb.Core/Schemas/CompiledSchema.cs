using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas;

/// <summary>A JSON Schema, ready to check blocks.</summary>
internal sealed class CompiledSchema(SchemaNode root)
{
    private const int ShownLength = 60;

    /// <param name="stream">The stream that the points are for, as the error names it.</param>
    /// <exception cref="SchemaViolationException">The first value that does not obey, and why.</exception>
    public void Check(object stream, Block points)
    {
        if (AcceptsAll(points.Values))
        {
            return;
        }

        for (int i = 0; i < points.Count; i++)
        {
            if (FaultOf(points.Values[i]) is { } fault)
            {
                throw Violation(stream, i, points.Times.Span[i], fault);
            }
        }
    }

    /// <summary>Every value that does not obey, by its place, and why.</summary>
    public IEnumerable<(int Place, string Reason)> Faults(Block points)
    {
        if (AcceptsAll(points.Values))
        {
            yield break;
        }

        for (int i = 0; i < points.Count; i++)
        {
            if (FaultOf(points.Values[i]) is { } fault)
            {
                yield return (i, ReasonOf(fault));
            }
        }
    }

    private bool AcceptsAll(Column values)
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
            return new Fault(value, "is too intricate to be checked");
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
