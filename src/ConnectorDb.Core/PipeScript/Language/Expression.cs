using System.Collections.Immutable;

namespace ConnectorDb.Core.PipeScript.Language;

/// <summary>A part of a script with its position.</summary>
internal abstract record Expression(TextSpan Span);

/// <summary>A literal number, text or boolean.</summary>
internal sealed record Literal(DataValue Value, TextSpan Span) : Expression(Span);

/// <summary><c>not</c> or a minus before an operand.</summary>
internal sealed record Prefix(Operator Operator, Expression Operand, TextSpan Span) : Expression(Span);

/// <summary>Operands with operators of one precedence between them, evaluated from left to right: <c>a - b + c</c>.</summary>
internal sealed record Chain(Expression First, ImmutableArray<Link> Links, TextSpan Span) : Expression(Span);

/// <summary>An operator and its right operand.</summary>
internal readonly record struct Link(Operator Operator, Expression Operand);

/// <summary>A call of a transform.</summary>
internal sealed record Call(string Name, ImmutableArray<Expression> Arguments, TextSpan NameSpan, TextSpan Span) : Expression(Span);

/// <summary>Stages in a row, with <c>|</c> or <c>:</c> between them.</summary>
internal sealed record Pipe(ImmutableArray<Expression> Stages, TextSpan Span) : Expression(Span);

/// <summary><c>{"key": value, …}</c></summary>
internal sealed record ObjectLiteral(ImmutableArray<ObjectMember> Members, TextSpan Span) : Expression(Span);

internal readonly record struct ObjectMember(string Key, Expression Value);
