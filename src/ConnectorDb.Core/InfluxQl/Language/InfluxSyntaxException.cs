namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>A query is not InfluxQL. The message has the words of InfluxDB.</summary>
public sealed class InfluxSyntaxException : CdbException
{
    public InfluxSyntaxException(string message)
        : base(message, null)
    {
    }

    internal InfluxSyntaxException(string problem, InfluxToken at)
        : base($"{problem} at line {at.Line}, char {at.Column}", null)
    {
    }

    internal static InfluxSyntaxException Expected(InfluxToken found, string expected)
        => new($"found {(found.Kind == InfluxTokenKind.End ? "EOF" : found.Text)}, expected {expected}", found);
}
