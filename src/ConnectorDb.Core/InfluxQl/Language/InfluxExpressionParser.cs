using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>Parses expressions of InfluxQL.</summary>
internal sealed class InfluxExpressionParser(InfluxTokens tokens)
{
    private const string Operand = "identifier, string, number, bool";
    private static readonly string[][] s_levels = [["OR"], ["AND"], ["=", "!=", "<", "<=", ">", ">=", "=~", "!~"], ["+", "-", "|", "^"], ["*", "/", "%", "&"]];

    public InfluxExpression Parse(int level = 0)
    {
        if (level == s_levels.Length)
        {
            return Unary();
        }

        tokens.Enter();
        InfluxExpression left = Parse(level + 1);
        tokens.Leave();
        while (tokens.Peek() is { Kind: InfluxTokenKind.Symbol or InfluxTokenKind.Keyword } token && s_levels[level].Contains(token.Text))
        {
            tokens.TakeOperator();
            InfluxExpression right = token.Text is "=~" or "!~" ? RequireRegex() : Parse(level + 1);
            left = new BinaryExpression(token.Text, left, right);
        }

        return left;
    }

    /// <summary>A field of <c>SELECT</c>, or an argument of a function: an expression, a wildcard or a pattern.</summary>
    public InfluxExpression ParseField()
    {
        if (TryParseRegex() is { } regex)
        {
            return regex;
        }

        return tokens.Peek().Is("*") ? Wildcard() : tokens.TryTake("DISTINCT") ? Distinct() : Parse();
    }

    /// <summary>A part of <c>GROUP BY</c>.</summary>
    public InfluxExpression ParseDimension() => TryParseRegex() is { } regex ? regex : tokens.Peek().Is("*") ? Wildcard() : Unary();

    /// <summary>The name after <c>::</c>; null when there is none.</summary>
    public string? ParseType()
    {
        if (!tokens.TryTake("::"))
        {
            return null;
        }

        InfluxToken token = tokens.Take();
        string type = token.Text.ToLowerInvariant();
        return type is "float" or "integer" or "unsigned" or "string" or "boolean" or "field" or "tag"
            ? type
            : throw InfluxSyntaxException.Expected(token, "float, integer, unsigned, string, boolean, field, tag");
    }

    private RegexExpression? TryParseRegex() => tokens.TryTakeRegex(out Regex? pattern) ? new RegexExpression(pattern, pattern.ToString()) : null;

    private RegexExpression RequireRegex()
    {
        Regex pattern = tokens.RequireRegex();
        return new RegexExpression(pattern, pattern.ToString());
    }

    private WildcardExpression Wildcard()
    {
        tokens.Take();
        if (!tokens.TryTake("::"))
        {
            return new WildcardExpression(null);
        }

        InfluxToken token = tokens.Take();
        return token.Text.ToLowerInvariant() is "field" or "tag" ? new WildcardExpression(token.Text.ToLowerInvariant()) : throw InfluxSyntaxException.Expected(token, "field, tag");
    }

    /// <summary><c>DISTINCT name</c>, which is another way to write the call.</summary>
    private CallExpression Distinct()
    {
        if (tokens.TryTake("("))
        {
            return Call("distinct");
        }

        return new CallExpression("distinct", [new NameExpression(tokens.RequireIdentifier(), null)]);
    }

    private InfluxExpression Unary()
    {
        if (tokens.Peek(takesRegex: true) is { Kind: InfluxTokenKind.Regex } regex)
        {
            throw InfluxSyntaxException.Expected(regex, Operand);
        }

        InfluxToken token = tokens.Take();
        switch (token.Kind)
        {
            case InfluxTokenKind.Identifier:
                return tokens.TryTake("(") ? Call(token.Text.ToLowerInvariant()) : Name(token.Text);
            case InfluxTokenKind.Text:
                return new ValueExpression(DataValue.From(token.Text));
            case InfluxTokenKind.Integer:
                return new ValueExpression(long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) ? DataValue.From(integer) : DataValue.From(Number(token)));
            case InfluxTokenKind.Number:
                return new ValueExpression(DataValue.From(Number(token)));
            case InfluxTokenKind.Duration:
                return new DurationExpression(InfluxDuration.Parse(token.Text) ?? throw new InfluxSyntaxException("invalid duration"));
            case InfluxTokenKind.Keyword when token.Text is "TRUE" or "FALSE":
                return new ValueExpression(DataValue.From(token.Text == "TRUE"));
            case InfluxTokenKind.Keyword when token.Text == "DISTINCT":
                return Distinct();
            case InfluxTokenKind.Symbol when token.Text == "(":
                return Bracket();
            case InfluxTokenKind.Symbol when token.Text is "+" or "-":
                return Signed(token);
            default:
                throw InfluxSyntaxException.Expected(token, Operand);
        }
    }

    private static double Number(InfluxToken token) => double.Parse(token.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private BracketExpression Bracket()
    {
        tokens.Enter();
        InfluxExpression inner = Parse();
        tokens.Require(")");
        tokens.Leave();
        return new BracketExpression(inner);
    }

    private InfluxExpression Signed(InfluxToken sign)
    {
        tokens.Enter();
        InfluxExpression inner = Unary();
        tokens.Leave();
        return (sign.Text, inner) switch
        {
            ("+", _) => inner,
            (_, ValueExpression { Value.Kind: DataKind.Integer } value) => new ValueExpression(DataValue.From(-value.Value.AsInteger())),
            (_, ValueExpression { Value.Kind: DataKind.Number } value) => new ValueExpression(DataValue.From(-value.Value.AsDouble())),
            (_, DurationExpression duration) => new DurationExpression(-duration.Nanoseconds),
            (_, NameExpression or CallExpression or BracketExpression) => new BinaryExpression("*", new ValueExpression(DataValue.From(-1L)), inner),
            _ => throw InfluxSyntaxException.Expected(tokens.Peek(), "identifier, number, duration, ("),
        };
    }

    private CallExpression Call(string function)
    {
        tokens.Enter();
        List<InfluxExpression> arguments = [];
        if (tokens.Peek(takesRegex: true).Is(")"))
        {
            tokens.Take();
        }
        else
        {
            do
            {
                arguments.Add(ParseField());
            }
            while (tokens.TryTake(","));
            tokens.Require(")");
        }

        tokens.Leave();
        return new CallExpression(function, arguments);
    }

    private NameExpression Name(string first)
    {
        string name = first;
        while (tokens.TryTake("."))
        {
            name = $"{name}.{tokens.RequireIdentifier()}";
        }

        return new NameExpression(name, ParseType());
    }
}
