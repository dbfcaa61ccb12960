using System.Text.RegularExpressions;

namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>An expression of InfluxQL.</summary>
public abstract record InfluxExpression;

/// <summary>A field or tag.</summary>
/// <param name="Type">The type after <c>::</c>; null without one.</param>
public sealed record NameExpression(string Name, string? Type) : InfluxExpression;

public sealed record CallExpression(string Function, IReadOnlyList<InfluxExpression> Arguments) : InfluxExpression;

public sealed record BinaryExpression(string Operator, InfluxExpression Left, InfluxExpression Right) : InfluxExpression;

public sealed record BracketExpression(InfluxExpression Inner) : InfluxExpression;

/// <summary>A number, text or boolean.</summary>
public sealed record ValueExpression(DataValue Value) : InfluxExpression;

public sealed record DurationExpression(long Nanoseconds) : InfluxExpression;

public sealed record RegexExpression(Regex Pattern, string Text) : InfluxExpression;

/// <summary><c>*</c>: all fields and tags.</summary>
/// <param name="Type"><c>field</c> or <c>tag</c>; null for both.</param>
public sealed record WildcardExpression(string? Type) : InfluxExpression;
