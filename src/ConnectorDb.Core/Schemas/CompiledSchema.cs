using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.Schemas;

/// <summary>A compiled JSON Schema that validates blocks.</summary>
/// <param name="root">The schema.</param>
/// <param name="states">The size of its regular expressions, as <see cref="ExpressionSize"/> counts it.</param>
internal sealed class CompiledSchema(SchemaNode root, int states)
{
    private const int ShownLength = 60;

    /// <summary>The size of the regular expressions, as <see cref="ExpressionSize"/> counts it.</summary>
    public int States { get; } = states;

    /// <summary>Throws at the first value that does not match.</summary>
    /// <param name="stream">The stream, for the error message.</param>
    /// <exception cref="SchemaViolationException">A value violates the schema; the message names the datapoint and the reason.</exception>
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

    /// <summary>The error for one value; null when the value matches.</summary>
    /// <inheritdoc cref="Check(object, Block)"/>
    public SchemaViolationException? Check(object stream, Block points, int index, QueryBudget? budget = null)
        => FindError(points.Values[index], budget) is { } error ? Violation(stream, index, points.Times.Span[index], error) : null;

    /// <summary>True when all values match, if the type of the column shows it without looking at each value.</summary>
    /// <param name="budget">Limits the time; null for no limit.</param>
    public bool AcceptsAll(Column values, QueryBudget? budget = null)
    {
        try
        {
            return root.Accepts(values, new ValidationBudget(0, budget));
        }
        catch (InsufficientExecutionStackException)
        {
            return false;
        }
    }

    /// <summary>The first error of one value; null when the value matches.</summary>
    /// <param name="budget">Limits the time for all values together; null for no limit.</param>
    public SchemaError? FindError(DataValue value, QueryBudget? budget = null)
    {
        try
        {
            return root.Check(value, new ValidationBudget(ColumnWeight.Of(value), budget));
        }
        catch (InsufficientExecutionStackException)
        {
            return new SchemaError(value, "is nested too deeply or too complex to validate");
        }
    }

    private static SchemaViolationException Violation(object stream, int index, double t, SchemaError error)
    {
        string when = double.IsFinite(t) ? string.Create(CultureInfo.InvariantCulture, $" ({UnixTime.ToDateTimeOffset(t):yyyy-MM-dd HH:mm:ss'Z'})") : "";
        string reason = ReasonOf(error);
        return new SchemaViolationException(
            $"Datapoint {index + 1}{when} violates the schema of '{stream}': {reason}",
            stream,
            index)
        {
            Reason = reason,
        };
    }

    /// <summary>The reason as a sentence.</summary>
    public static string ReasonOf(SchemaError error)
    {
        string where = error.Pointer.Length > 0 ? $"at {error.Pointer}, " : "";
        return $"{where}{Shortened(error.Part)} {error.Reason}.";
    }

    private static string Shortened(DataValue value)
    {
        string text = value.Kind == DataKind.Text && value.AsText().Length > ShownLength
            ? $"\"{value.AsText()[..ShownLength]}"
            : value.ToJson();
        return text.Length > ShownLength ? $"{text[..ShownLength]}…" : text;
    }
}
