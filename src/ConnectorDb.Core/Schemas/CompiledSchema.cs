using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas;

/// <summary>A JSON Schema, ready to check blocks.</summary>
internal sealed class CompiledSchema(SchemaNode root)
{
    private const int ShownLength = 60;

    /// <exception cref="SchemaViolationException">The first value that does not obey, and why.</exception>
    public void Check(CdbPath path, Block points)
    {
        if (AcceptsAll(points.Values))
        {
            return;
        }

        for (int i = 0; i < points.Count; i++)
        {
            if (FaultOf(points.Values[i]) is { } fault)
            {
                throw Violation(path, i, points.Times.Span[i], fault);
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

    private static SchemaViolationException Violation(CdbPath path, int index, double t, Fault fault)
    {
        string when = double.IsFinite(t) ? $" ({UnixTime.ToDateTimeOffset(t):yyyy-MM-dd HH:mm:ss'Z'})" : "";
        string where = fault.Pointer.Length > 0 ? $"at {fault.Pointer}, " : "";
        string reason = $"{where}{Shortened(fault.Part)} {fault.Reason}.";
        return new SchemaViolationException(
            $"Datapoint {index}{when} does not obey the schema of '{path}': {reason} Nothing of this call was written.",
            path,
            index)
        {
            Reason = reason,
        };
    }

    private static string Shortened(DataValue value)
    {
        string text = value.Kind == DataKind.Text && value.AsText().Length > ShownLength
            ? $"\"{value.AsText()[..ShownLength]}"
            : value.ToJson();
        return text.Length > ShownLength ? $"{text[..ShownLength]}…" : text;
    }
}
