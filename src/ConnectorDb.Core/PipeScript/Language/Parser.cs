using System.Collections.Immutable;

namespace ConnectorDb.Core.PipeScript.Language;

/// <summary>
/// Parses a script into expressions by recursive descent, with precedence climbing for operators. It does not know which
/// transforms exist.
/// </summary>
internal ref struct Parser
{
    /// <summary>The maximum depth of nested expressions. Each level takes stack in the parser, the printer and the evaluation.</summary>
    public const int MaxDepth = 250;

    private readonly SourceText _source;
    private Lexer _lexer;
    private Token _token;
    private Token _previous;
    private int _depth;

    private Parser(SourceText source)
    {
        _source = source;
        _lexer = new Lexer(source);
        _token = _lexer.Next();
    }

    /// <exception cref="ScriptSyntaxException">The text is not a script.</exception>
    public static Expression Parse(SourceText source)
    {
        Parser parser = new(source);
        if (parser._token.Kind == TokenKind.End)
        {
            throw source.Error(parser._token.Span, "The script is empty. The script $ gives every datapoint as it is.");
        }

        Expression script = parser.ReadPipe();
        return parser._token.Kind == TokenKind.End ? script : throw parser.Unexpected();
    }

    private Expression ReadPipe()
    {
        Expression first = ReadStage();
        if (_token.Kind != TokenKind.Pipe)
        {
            return first;
        }

        ImmutableArray<Expression>.Builder stages = ImmutableArray.CreateBuilder<Expression>();
        stages.Add(first);
        while (Skip(TokenKind.Pipe))
        {
            stages.Add(ReadStage());
        }

        return new Pipe(stages.DrainToImmutable(), first.Span.To(_previous.Span));
    }

    /// <summary>Reads an expression, or a name with arguments separated by spaces.</summary>
    private Expression ReadStage()
    {
        Token name = _token;
        if (name.Kind != TokenKind.Name || !name.IsSpaced)
        {
            return ReadExpression(Operators.Loosest);
        }

        Lexer ahead = _lexer;
        if (!ahead.Next().BeginsArgument)
        {
            return ReadExpression(Operators.Loosest);
        }

        Advance();
        ImmutableArray<Expression>.Builder arguments = ImmutableArray.CreateBuilder<Expression>();
        while (_token.BeginsArgument)
        {
            arguments.Add(ReadExpression(Operators.Loosest));
        }

        return new Call(name.Text, arguments.DrainToImmutable(), name.Span, name.Span.To(_previous.Span));
    }

    /// <summary>Reads an operand and all operators after it of higher precedence.</summary>
    private Expression ReadExpression(int level)
    {
        if (_depth == MaxDepth)
        {
            throw _source.Error(_token.Span, $"Expressions lie in each other deeper than {MaxDepth} levels, which is the most. Split the script into stages with |.");
        }

        _depth++;
        Expression left = ReadOperand();
        while (LevelOf(_token) is int next && next > level)
        {
            left = next == Operators.Colon ? ReadColons(left) : ReadChain(left, next);
        }

        _depth--;
        return left;
    }

    private static int? LevelOf(Token token) => token.Kind switch
    {
        TokenKind.Colon => Operators.Colon,
        TokenKind.Operator when token.Operator != Operator.Not => token.Operator.Level(),
        _ => null,
    };

    private Chain ReadChain(Expression first, int level)
    {
        ImmutableArray<Link>.Builder links = ImmutableArray.CreateBuilder<Link>();
        while (LevelOf(_token) == level)
        {
            Operator name = _token.Operator;
            Advance();
            links.Add(new(name, ReadExpression(level)));
        }

        return new Chain(first, links.DrainToImmutable(), first.Span.To(_previous.Span));
    }

    private Pipe ReadColons(Expression first)
    {
        ImmutableArray<Expression>.Builder stages = ImmutableArray.CreateBuilder<Expression>();
        stages.Add(first);
        while (Skip(TokenKind.Colon))
        {
            stages.Add(ReadExpression(Operators.Colon));
        }

        return new Pipe(stages.DrainToImmutable(), first.Span.To(_previous.Span));
    }

    private Expression ReadOperand()
    {
        Token token = _token;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return ReadLiteral(DataValue.From(token.Number));
            case TokenKind.Text:
                return ReadLiteral(DataValue.From(token.Text));
            case TokenKind.True or TokenKind.False:
                return ReadLiteral(DataValue.From(token.Kind == TokenKind.True));
            case TokenKind.Operator when token.Operator == Operator.Not:
                return ReadPrefix(Operators.Not);
            case TokenKind.Operator when token.Operator == Operator.Subtract:
                return ReadPrefix(Operators.Negation);
            case TokenKind.Name:
                return ReadCall();
            case TokenKind.OpenRound or TokenKind.OpenSquare:
                Advance();
                Expression inner = ReadPipe();
                Close(token);
                return inner with { Span = token.Span.To(_previous.Span) };
            case TokenKind.OpenCurly:
                return ReadObject();
            default:
                throw Unexpected();
        }
    }

    private Literal ReadLiteral(DataValue value)
    {
        Advance();
        return new Literal(value, _previous.Span);
    }

    private Prefix ReadPrefix(int level)
    {
        Token sign = _token;
        Advance();
        Expression operand = ReadExpression(level);
        return new Prefix(sign.Operator, operand, sign.Span.To(_previous.Span));
    }

    private Call ReadCall()
    {
        Token name = _token;
        Advance();
        Token bracket = _token;
        if (name.IsSpaced || bracket.Kind is not (TokenKind.OpenRound or TokenKind.OpenSquare))
        {
            return new Call(name.Text, [], name.Span, name.Span);
        }

        Advance();
        ImmutableArray<Expression>.Builder arguments = ImmutableArray.CreateBuilder<Expression>();
        if (bracket.Kind != TokenKind.OpenRound || _token.Kind != TokenKind.CloseRound)
        {
            do
            {
                arguments.Add(ReadExpression(Operators.Loosest));
            }
            while (Skip(TokenKind.Comma));
        }

        Close(bracket);
        return new Call(name.Text, arguments.DrainToImmutable(), name.Span, name.Span.To(_previous.Span));
    }

    private ObjectLiteral ReadObject()
    {
        Token bracket = _token;
        ImmutableArray<ObjectMember>.Builder members = ImmutableArray.CreateBuilder<ObjectMember>();
        HashSet<string> keys = new(StringComparer.Ordinal);
        do
        {
            Advance();
            Token key = _token;
            if (key.Kind != TokenKind.Text)
            {
                throw _source.Error(key.Span, "A member of an object begins with its key, in quotes: {\"key\": value}.");
            }

            if (!keys.Add(key.Text))
            {
                throw _source.Error(key.Span, $"The key '{key.Text}' stands twice in this object.");
            }

            Advance();
            if (!Skip(TokenKind.Colon))
            {
                throw _source.Error(_token.Span, "A colon belongs between the key and the value: {\"key\": value}.");
            }

            members.Add(new(key.Text, ReadExpression(Operators.Loosest)));
        }
        while (_token.Kind == TokenKind.Comma);

        Close(bracket);
        return new ObjectLiteral(members.DrainToImmutable(), bracket.Span.To(_previous.Span));
    }

    private void Close(Token opened)
    {
        TokenKind wanted = opened.Kind + 1;
        if (!Skip(wanted))
        {
            throw Unexpected(opened);
        }
    }

    private bool Skip(TokenKind kind)
    {
        bool isThere = _token.Kind == kind;
        if (isThere)
        {
            Advance();
        }

        return isThere;
    }

    private void Advance()
    {
        _previous = _token;
        _token = _lexer.Next();
    }

    private readonly ScriptSyntaxException Unexpected(Token? opened = null)
        => SyntaxAdvice.Unexpected(_source, _previous, _token, opened);
}
