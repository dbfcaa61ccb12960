using System.Collections.Immutable;
using ConnectorDb.Core.PipeScript.Language;
using CsCheck;

namespace ConnectorDb.Core.Tests.PipeScript.Language;

/// <summary>Expressions of every kind, in all ways in which they can lie in each other.</summary>
internal static class ExpressionGenerator
{
    private static readonly TextSpan s_nowhere = new(0, 0);

    private static readonly Operator[][] s_levels =
    [
        [Operator.Or],
        [Operator.And],
        [Operator.Equal, Operator.NotEqual, Operator.Less, Operator.LessOrEqual, Operator.Greater, Operator.GreaterOrEqual],
        [Operator.Add, Operator.Subtract],
        [Operator.Multiply, Operator.Divide],
        [Operator.Remainder, Operator.Power],
    ];

    private static readonly Gen<Expression> s_literal = Gen.OneOf(
        Gen.Double.Where(double.IsFinite).Select(number => DataValue.From(Math.Abs(number))),
        Gen.Int[0, 1000].Select(number => DataValue.From((double)number)),
        Gen.String.Select(DataValue.From),
        Gen.Bool.Select(DataValue.From))
        .Select(value => (Expression)new Literal(value, s_nowhere));

    private static readonly Gen<string> s_name = Gen.OneOf(
        Gen.OneOf("$", "d", "count", "if", "map", "not_", "order", "_x", "a$b", "nothing", "true1"),
        Gen.Char.AlphaNumeric.Array[1, 8].Select(letters => new string(letters)).Where(name => !char.IsAsciiDigit(name[0]) && name is not ("or" or "and" or "not" or "true" or "false")));

    public static Gen<Expression> Expressions { get; } = OfDepth(4);

    private static Gen<Expression> OfDepth(int depth)
    {
        if (depth == 0)
        {
            return Gen.OneOf(s_literal, s_name.Select(name => CallOf(name, [])));
        }

        Gen<Expression> inner = OfDepth(depth - 1);
        return Gen.OneOf(
            OfDepth(0),
            Gen.Select(Gen.OneOf(Operator.Not, Operator.Subtract), inner, (name, operand) => (Expression)new Prefix(name, operand, s_nowhere)),
            Gen.Select(Gen.OneOf(s_levels), inner, Gen.Select(Gen.Int, inner).Array[1, 4], (level, first, links) => (Expression)ChainOf(level, first, links)),
            Gen.Select(s_name, inner.Array[0, 3], CallOf),
            inner.Array[2, 4].Select(stages => (Expression)new Pipe([.. stages], s_nowhere)),
            Gen.Select(Gen.String, inner).Array[1, 3].Select(ObjectOf));
    }

    /// <summary>The expression with all its structure and without its places.</summary>
    public static string Describe(Expression expression) => expression switch
    {
        Literal literal => $"{literal.Value.Kind}={literal.Value}",
        Prefix prefix => $"{prefix.Operator}<{Describe(prefix.Operand)}>",
        Chain chain => $"<{Describe(chain.First)}{string.Concat(chain.Links.Select(link => $" {link.Operator} {Describe(link.Operand)}"))}>",
        Call call => $"{call.Name}({string.Join(", ", call.Arguments.Select(Describe))})",
        Pipe pipe => $"<{string.Join(" | ", pipe.Stages.Select(Describe))}>",
        ObjectLiteral literal => $"{{{string.Join(", ", literal.Members.Select(member => $"{DataValue.From(member.Key)}: {Describe(member.Value)}"))}}}",
        _ => throw new NotSupportedException(),
    };

    private static Expression CallOf(string name, Expression[] arguments) => new Call(name, [.. arguments], s_nowhere, s_nowhere);

    private static Chain ChainOf(Operator[] level, Expression first, (int Choice, Expression Operand)[] links)
        => new Chain(first, links.Select(link => new Link(level[(uint)link.Choice % level.Length], link.Operand)).ToImmutableArray(), s_nowhere);

    private static Expression ObjectOf((string Key, Expression Value)[] members)
        => new ObjectLiteral([.. members.DistinctBy(member => member.Key).Select(member => new ObjectMember(member.Key, member.Value))], s_nowhere);
}
