using System.Text.RegularExpressions;

namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>A statement of a query.</summary>
public abstract record InfluxStatement
{
    /// <summary>The text of the statement.</summary>
    public string Text { get; init; } = "";

    /// <summary>The statement changes the store, so InfluxDB asks for the method POST.</summary>
    public virtual bool IsChange => false;
}

/// <summary>A statement of InfluxQL that is refused by its name.</summary>
public sealed record OtherStatement(string Name) : InfluxStatement;

/// <summary><c>CREATE DATABASE</c>, whose name is remembered until the first point.</summary>
/// <param name="Policy">The name of its first retention policy; null without one.</param>
/// <param name="Options">The properties of this policy; null without <c>WITH</c>.</param>
public sealed record CreateDatabaseStatement(string Database, string? Policy, PolicyOptions? Options) : InfluxStatement
{
    public override bool IsChange => true;
}

public sealed record DropDatabaseStatement(string Database) : InfluxStatement
{
    public override bool IsChange => true;
}

public sealed record DropMeasurementStatement(string Measurement) : InfluxStatement
{
    public override bool IsChange => true;
}

/// <summary><c>DROP SERIES</c>, and <c>DELETE</c>, which may have times in its condition.</summary>
public sealed record DeleteStatement(IReadOnlyList<MeasurementSource> Sources, InfluxExpression? Condition, bool IsOfSeries) : InfluxStatement
{
    public override bool IsChange => true;
}

/// <summary>Properties of a retention policy; null for those that are not named.</summary>
/// <param name="Duration">Nanoseconds; 0 for ever.</param>
/// <param name="ShardDuration">Nanoseconds.</param>
public sealed record PolicyOptions(long? Duration = null, long? Replicas = null, long? ShardDuration = null, bool IsDefault = false);

/// <summary><c>CREATE RETENTION POLICY</c>, and <c>ALTER RETENTION POLICY</c> of one that exists.</summary>
public sealed record PolicyStatement(string Database, string Policy, PolicyOptions Options, bool IsNew) : InfluxStatement
{
    public override bool IsChange => true;
}

public sealed record DropPolicyStatement(string Database, string Policy) : InfluxStatement
{
    public override bool IsChange => true;
}

public sealed record KillQueryStatement(long Query) : InfluxStatement;

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

    /// <summary>Where <c>INTO</c> stores the result, without a name for measurements of the same names; null without <c>INTO</c>.</summary>
    public MeasurementSource? Target { get; init; }

    public override bool IsChange => Target is not null;

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
