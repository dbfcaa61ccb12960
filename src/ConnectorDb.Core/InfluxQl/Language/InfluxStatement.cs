using System.Text.RegularExpressions;

namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>A statement of a query.</summary>
public abstract record InfluxStatement;

/// <summary>A statement of InfluxQL that is refused by its name.</summary>
public sealed record OtherStatement(string Name) : InfluxStatement;

/// <summary><c>CREATE DATABASE</c>, whose name is remembered until the first point.</summary>
public sealed record CreateDatabaseStatement(string Database) : InfluxStatement;

/// <summary><c>DROP DATABASE</c> or <c>DROP MEASUREMENT</c>, which are refused where there are points.</summary>
/// <param name="Database">Null for the database of the request.</param>
/// <param name="Measurement">Null for the whole database.</param>
public sealed record DropStatement(string? Database, string? Measurement) : InfluxStatement;

/// <summary>The things that <c>SHOW</c> lists.</summary>
public enum ShownThing
{
    Databases,
    Measurements,
    FieldKeys,
    TagKeys,
    TagValues,
    Series,
    RetentionPolicies,
    Users,
    Subscriptions,
    ContinuousQueries,
}

public sealed record ShowStatement(ShownThing Thing) : InfluxStatement
{
    /// <summary>Null for the database of the request.</summary>
    public string? Database { get; init; }

    /// <summary>Empty for all measurements.</summary>
    public IReadOnlyList<MeasurementSource> Sources { get; init; } = [];

    /// <summary>The measurements of <c>WITH MEASUREMENT</c>, or the tags of <c>WITH KEY</c>; null without it.</summary>
    public NameFilter? With { get; init; }

    public InfluxExpression? Condition { get; init; }

    public SeriesLimits Limits { get; init; } = new(0, 0, 0, 0);

    /// <summary>Only the number of the things is asked for.</summary>
    public bool CountsOnly { get; init; }

    /// <summary>The number is asked for as <c>EXACT</c>.</summary>
    public bool IsExact { get; init; }
}

/// <summary>Names to select.</summary>
/// <param name="Names">The names; empty with a pattern.</param>
/// <param name="Pattern">Null with names.</param>
/// <param name="IsNegated">All others are selected.</param>
public sealed record NameFilter(IReadOnlyList<string> Names, Regex? Pattern, bool IsNegated);

/// <summary>The limits of a statement; 0 for none.</summary>
public sealed record SeriesLimits(long Limit, long Offset, long SeriesLimit, long SeriesOffset);

/// <summary>A part of <c>FROM</c>.</summary>
public abstract record InfluxSource;

/// <summary>Measurements of a database.</summary>
/// <param name="Database">Null for the database of the request.</param>
/// <param name="Policy">The retention policy; null for that of the request.</param>
/// <param name="Name">Null with a pattern.</param>
/// <param name="Pattern">Null with a name.</param>
public sealed record MeasurementSource(string? Database, string? Policy, string? Name, Regex? Pattern) : InfluxSource;

public sealed record SubquerySource(SelectStatement Statement) : InfluxSource;

/// <param name="Alias">Null without <c>AS</c>.</param>
public sealed record SelectedField(InfluxExpression Expression, string? Alias);

/// <summary>The ways to fill windows without datapoints.</summary>
public enum FillKind
{
    Null,
    None,
    Previous,
    Linear,
    Number,
}

public sealed record SelectStatement : InfluxStatement
{
    public required IReadOnlyList<SelectedField> Fields { get; init; }

    /// <summary><c>INTO</c> is refused when the statement runs.</summary>
    public bool HasTarget { get; init; }

    public required IReadOnlyList<InfluxSource> Sources { get; init; }

    public InfluxExpression? Condition { get; init; }

    public IReadOnlyList<InfluxExpression> Dimensions { get; init; } = [];

    /// <summary>Null without <c>fill</c>.</summary>
    public FillKind? Fill { get; init; }

    public DataValue FillValue { get; init; }

    public bool IsDescending { get; init; }

    public SeriesLimits Limits { get; init; } = new(0, 0, 0, 0);

    public TimeZoneInfo? Zone { get; init; }
}
