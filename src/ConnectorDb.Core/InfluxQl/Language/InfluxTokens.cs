using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.RegularExpressions;

namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>The tokens of a query with one token of foresight, and parameters replaced by their values.</summary>
internal sealed class InfluxTokens(string text, IReadOnlyDictionary<string, InfluxToken> parameters)
{
    private const int MaxDepth = 100;

    /// <summary>Each operator is a level of the expression, and each level takes stack.</summary>
    private const int MaxOperators = 1000;

    /// <summary>The size of all regular expressions of a request, as <see cref="ExpressionSize"/> counts it: 256 MB at worst.</summary>
    private const int MaxStates = 4000;

    private readonly InfluxLexer _lexer = new(text);
    private InfluxToken? _next;
    private int _nextStart;
    private int _depth;
    private int _operators;
    private int _states;

    /// <summary>The index of the next token in the text.</summary>
    public int Start
    {
        get
        {
            Peek();
            return _nextStart;
        }
    }

    /// <summary>The index after the last token that was taken.</summary>
    public int End { get; private set; }

    public InfluxToken Peek(bool takesRegex = false)
    {
        if (_next is not { } next)
        {
            next = _lexer.Next(takesRegex);
            _nextStart = _lexer.Start;
            if (next.Kind == InfluxTokenKind.Parameter)
            {
                next = parameters.TryGetValue(next.Text, out InfluxToken value)
                    ? value with { Line = next.Line, Column = next.Column }
                    : throw new InfluxSyntaxException($"missing parameter: {next.Text}");
                next = value.Kind == InfluxTokenKind.Unknown ? throw new InfluxSyntaxException($"missing parameter: {value.Text}") : next;
            }

            _next = next;
        }

        return next;
    }

    public InfluxToken Take()
    {
        InfluxToken token = Peek();
        Skip();
        return token;
    }

    public bool TryTake(string keywordOrSymbol)
    {
        bool isThere = Peek().Is(keywordOrSymbol);
        if (isThere)
        {
            Skip();
        }

        return isThere;
    }

    public void Require(string keywordOrSymbol)
    {
        if (!TryTake(keywordOrSymbol))
        {
            throw InfluxSyntaxException.Expected(Peek(), keywordOrSymbol);
        }
    }

    public string RequireIdentifier()
        => Peek().Kind == InfluxTokenKind.Identifier ? Take().Text : throw InfluxSyntaxException.Expected(Peek(), "identifier");

    public long RequireInteger()
        => Peek() is { Kind: InfluxTokenKind.Integer } token && long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? Skip(value)
            : throw InfluxSyntaxException.Expected(Peek(), "integer");

    public Regex RequireRegex() => TryTakeRegex(out Regex? pattern) ? pattern : throw InfluxSyntaxException.Expected(Peek(takesRegex: true), "regex");

    public bool TryTakeRegex([NotNullWhen(true)] out Regex? pattern)
    {
        pattern = null;
        if (Peek(takesRegex: true).Kind != InfluxTokenKind.Regex)
        {
            return false;
        }

        InfluxToken token = Take();
        _states += ExpressionSize.States(token.Text);
        if (_states > MaxStates)
        {
            throw new InfluxSyntaxException($"the regular expressions have more than {MaxStates} characters together, repetitions included", token);
        }

        pattern = Re2.TryCompile(token.Text, out Regex? regex, out string problem)
            ? regex
            : throw new InfluxSyntaxException($"error parsing regexp: {problem}: `{token.Text}`", token);
        return true;
    }

    /// <summary>Enters a part that is inside of another one of its kind.</summary>
    public void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new InfluxSyntaxException($"expressions are nested more than {MaxDepth} levels deep", Peek());
        }
    }

    public void Leave() => _depth--;

    /// <summary>Takes an operator of an expression.</summary>
    public void TakeOperator()
    {
        InfluxToken token = Take();
        if (++_operators > MaxOperators)
        {
            throw new InfluxSyntaxException($"the expressions have more than {MaxOperators} operators together", token);
        }
    }

    private void Skip() => (_next, End) = (null, _lexer.End);

    private T Skip<T>(T value)
    {
        Take();
        return value;
    }
}
