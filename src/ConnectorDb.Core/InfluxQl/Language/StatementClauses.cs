using System.Text.RegularExpressions;

namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>Parses the clauses that several statements have.</summary>
internal sealed class StatementClauses(InfluxTokens tokens, InfluxExpressionParser expressions)
{
    /// <summary>The database after <c>ON</c>; null without it.</summary>
    public string? On() => tokens.TryTake("ON") ? tokens.RequireIdentifier() : null;

    public InfluxExpression? Where() => tokens.TryTake("WHERE") ? expressions.Parse() : null;

    /// <summary>The measurements after <c>FROM</c>; none without it.</summary>
    public IReadOnlyList<MeasurementSource> Measurements()
    {
        List<MeasurementSource> sources = [];
        if (tokens.TryTake("FROM"))
        {
            do
            {
                sources.Add(Measurement());
            }
            while (tokens.TryTake(","));
        }

        return sources;
    }

    /// <summary>A name or pattern, with its database and retention policy before it.</summary>
    public MeasurementSource Measurement()
    {
        if (tokens.TryTakeRegex(out Regex? pattern))
        {
            return new MeasurementSource(null, null, null, pattern);
        }

        List<string> parts = [tokens.RequireIdentifier()];
        while (tokens.TryTake("."))
        {
            if (tokens.Peek(takesRegex: true).Kind == InfluxTokenKind.Regex)
            {
                pattern = tokens.RequireRegex();
                return parts.Count == 1 ? new MeasurementSource(null, parts[0], null, pattern) : new MeasurementSource(parts[0], parts[1], null, pattern);
            }

            parts.Add(tokens.Peek().Is(".") ? "" : tokens.RequireIdentifier());
        }

        return SourceOf(parts);
    }

    /// <summary>The measurement after <c>INTO</c>, or <c>:MEASUREMENT</c> for those of the result, which have no name here.</summary>
    public MeasurementSource Target()
    {
        List<string> parts = [];
        while (!tokens.TryTake(":"))
        {
            parts.Add(parts.Count == 1 && tokens.Peek().Is(".") ? "" : tokens.RequireIdentifier());
            if (!tokens.TryTake("."))
            {
                return SourceOf(parts);
            }
        }

        tokens.Require("MEASUREMENT");
        return SourceOf([.. parts, ""]) with { Name = null };
    }

    /// <summary>True for <c>ORDER BY time DESC</c>.</summary>
    public bool OrderBy()
    {
        if (!tokens.TryTake("ORDER"))
        {
            return false;
        }

        tokens.Require("BY");
        InfluxToken first = tokens.Take();
        bool isTime = first is { Kind: InfluxTokenKind.Identifier, Text: "time" };
        if (!isTime && !first.Is("ASC") && !first.Is("DESC"))
        {
            throw first.Kind == InfluxTokenKind.Identifier
                ? new InfluxSyntaxException("only ORDER BY time supported at this time")
                : InfluxSyntaxException.Expected(first, "identifier, ASC, DESC");
        }

        bool isDescending = isTime ? tokens.TryTake("DESC") : first.Text == "DESC";
        _ = isTime && !isDescending && tokens.TryTake("ASC");
        return tokens.Peek().Is(",") ? throw new InfluxSyntaxException("only ORDER BY time supported at this time") : isDescending;
    }

    public SeriesLimits Limits() => new(Limit("LIMIT"), Limit("OFFSET"), Limit("SLIMIT"), Limit("SOFFSET"));

    private MeasurementSource SourceOf(IReadOnlyList<string> parts) => parts switch
    {
        [var name] => new MeasurementSource(null, null, name, null),
        [var policy, var name] => new MeasurementSource(null, policy, name, null),
        [var database, var policy, var name] => new MeasurementSource(database, policy.Length == 0 ? null : policy, name, null),
        _ => throw InfluxSyntaxException.Expected(tokens.Peek(), "identifier"),
    };

    private long Limit(string keyword) => tokens.TryTake(keyword) ? tokens.RequireInteger() : 0;
}
