namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>Parses statements after <c>SELECT</c>.</summary>
internal sealed class SelectParser
{
    private readonly InfluxTokens _tokens;
    private readonly InfluxExpressionParser _expressions;
    private readonly StatementClauses _clauses;

    public SelectParser(InfluxTokens tokens)
    {
        _tokens = tokens;
        _expressions = new InfluxExpressionParser(tokens);
        _clauses = new StatementClauses(tokens, _expressions);
    }

    public SelectStatement Parse()
    {
        _tokens.Enter();
        List<SelectedField> fields = [];
        do
        {
            InfluxExpression expression = _expressions.ParseField();
            fields.Add(new SelectedField(expression, _tokens.TryTake("AS") ? _tokens.RequireIdentifier() : null));
        }
        while (_tokens.TryTake(","));

        MeasurementSource? target = _tokens.TryTake("INTO") ? _clauses.Target() : null;
        _tokens.Require("FROM");
        List<InfluxSource> sources = [];
        do
        {
            sources.Add(Source());
        }
        while (_tokens.TryTake(","));

        SelectStatement statement = new() { Fields = fields, Target = target, Sources = sources, Condition = _clauses.Where() };
        statement = Fill(statement with { Dimensions = Dimensions() });
        statement = statement with { IsDescending = _clauses.OrderBy() };
        statement = statement with { Limits = _clauses.Limits(), Zone = Zone() };
        _tokens.Leave();
        return statement;
    }

    private InfluxSource Source()
    {
        if (_tokens.Peek(takesRegex: true).Is("("))
        {
            _tokens.Take();
            _tokens.Require("SELECT");
            SelectStatement inner = new SelectParser(_tokens).Parse();
            _tokens.Require(")");
            return new SubquerySource(inner);
        }

        return _clauses.Measurement();
    }

    private List<InfluxExpression> Dimensions()
    {
        List<InfluxExpression> dimensions = [];
        if (_tokens.TryTake("GROUP"))
        {
            _tokens.Require("BY");
            do
            {
                dimensions.Add(_expressions.ParseDimension());
            }
            while (_tokens.TryTake(","));
        }

        return dimensions;
    }

    private SelectStatement Fill(SelectStatement statement)
    {
        if (!TryTakeFunction("fill"))
        {
            return statement;
        }

        _tokens.Require("(");
        if (_tokens.TryTake(")"))
        {
            throw new InfluxSyntaxException("fill requires an argument, e.g.: 0, null, none, previous, linear");
        }

        InfluxExpression argument = _expressions.Parse();
        if (!_tokens.TryTake(")"))
        {
            throw new InfluxSyntaxException("fill requires an argument, e.g.: 0, null, none, previous, linear");
        }

        return argument switch
        {
            NameExpression { Name: "null" } => statement with { Fill = FillKind.Null },
            NameExpression { Name: "none" } => statement with { Fill = FillKind.None },
            NameExpression { Name: "previous" } => statement with { Fill = FillKind.Previous },
            NameExpression { Name: "linear" } => statement with { Fill = FillKind.Linear },
            ValueExpression { Value.IsNumber: true } number => statement with { Fill = FillKind.Number, FillValue = number.Value },
            _ => throw new InfluxSyntaxException("expected number argument in fill()"),
        };
    }

    private TimeZoneInfo? Zone()
    {
        if (!TryTakeFunction("tz"))
        {
            return null;
        }

        _tokens.Require("(");
        InfluxToken name = _tokens.Take();
        if (name.Kind != InfluxTokenKind.Text)
        {
            throw new InfluxSyntaxException("expected string argument in tz()");
        }

        _tokens.Require(")");
        return TimeZones.Find(name.Text) ?? throw new InfluxSyntaxException($"unable to find time zone {name.Text}");
    }

    private bool TryTakeFunction(string name)
    {
        bool isThere = _tokens.Peek() is { Kind: InfluxTokenKind.Identifier } token && string.Equals(token.Text, name, StringComparison.OrdinalIgnoreCase);
        _ = isThere ? _tokens.Take() : default;
        return isThere;
    }
}
