namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>Parses statements after <c>SHOW</c>.</summary>
internal sealed class ShowParser
{
    private readonly InfluxTokens _tokens;
    private readonly StatementClauses _clauses;

    public ShowParser(InfluxTokens tokens)
    {
        _tokens = tokens;
        _clauses = new StatementClauses(tokens, new InfluxExpressionParser(tokens));
    }

    public InfluxStatement Parse()
    {
        InfluxToken thing = _tokens.Take();
        return thing.Kind != InfluxTokenKind.Keyword ? throw Unknown(thing) : thing.Text switch
        {
            "DATABASES" => new ShowStatement(ShownThing.Databases),
            "MEASUREMENTS" => Measurements(),
            "MEASUREMENT" => Cardinality(ShownThing.Measurements),
            "FIELD" => Keys(ShownThing.FieldKeys, "KEY, KEYS"),
            "TAG" => Keys(ShownThing.TagKeys, "KEY, KEYS, VALUES"),
            "SERIES" => _tokens.Peek().Is("CARDINALITY") || _tokens.Peek().Is("EXACT") ? Cardinality(ShownThing.Series) : FromWhere(new ShowStatement(ShownThing.Series) { Database = _clauses.On() }),
            "RETENTION" => Policies(),
            "USERS" => new ShowStatement(ShownThing.Users),
            "SUBSCRIPTIONS" => new ShowStatement(ShownThing.Subscriptions),
            "CONTINUOUS" => ContinuousQueries(),
            "DIAGNOSTICS" or "GRANTS" or "QUERIES" or "SHARD" or "SHARDS" or "STATS" => InfluxParser.Other($"SHOW {thing.Text}", _tokens),
            _ => throw Unknown(thing),
        };
    }

    private static InfluxSyntaxException Unknown(InfluxToken thing) => InfluxSyntaxException.Expected(
        thing,
        "CONTINUOUS, DATABASES, DIAGNOSTICS, FIELD, GRANTS, MEASUREMENT, MEASUREMENTS, QUERIES, RETENTION, SERIES, SHARD, SHARDS, STATS, SUBSCRIPTIONS, TAG, USERS");

    private ShowStatement Measurements()
    {
        ShowStatement statement = new(ShownThing.Measurements) { Database = _clauses.On() };
        if (_tokens.TryTake("WITH"))
        {
            _tokens.Require("MEASUREMENT");
            InfluxToken comparison = _tokens.Take();
            statement = statement with
            {
                With = comparison.Is("=") ? new NameFilter([_tokens.RequireIdentifier()], null, false)
                    : comparison.Is("=~") ? new NameFilter([], _tokens.RequireRegex(), false)
                    : throw InfluxSyntaxException.Expected(comparison, "=, =~"),
            };
        }

        return Where(statement);
    }

    private ShowStatement Keys(ShownThing thing, string expected)
    {
        InfluxToken token = _tokens.Take();
        return token.Is("KEYS") ? thing == ShownThing.FieldKeys ? Ordered(From(new ShowStatement(thing) { Database = _clauses.On() })) : FromWhere(new ShowStatement(thing) { Database = _clauses.On() })
            : token.Is("KEY") ? Cardinality(thing)
            : token.Is("VALUES") && thing == ShownThing.TagKeys ? TagValues()
            : throw InfluxSyntaxException.Expected(token, expected);
    }

    private ShowStatement TagValues()
    {
        if (_tokens.Peek().Is("EXACT") || _tokens.Peek().Is("CARDINALITY"))
        {
            return Cardinality(ShownThing.TagValues);
        }

        ShowStatement statement = From(new ShowStatement(ShownThing.TagValues) { Database = _clauses.On() });
        return Where(statement with { With = WithKey() });
    }

    private NameFilter WithKey()
    {
        _tokens.Require("WITH");
        _tokens.Require("KEY");
        InfluxToken comparison = _tokens.Take();
        return comparison.Is("IN") ? new NameFilter(Names(), null, false)
            : comparison.Is("=") || comparison.Is("!=") ? new NameFilter([_tokens.RequireIdentifier()], null, comparison.Text == "!=")
            : comparison.Is("=~") || comparison.Is("!~") ? new NameFilter([], _tokens.RequireRegex(), comparison.Text == "!~")
            : throw InfluxSyntaxException.Expected(comparison, "IN, =, !=, =~, !~");
    }

    private List<string> Names()
    {
        _tokens.Require("(");
        List<string> names = [];
        do
        {
            names.Add(_tokens.RequireIdentifier());
        }
        while (_tokens.TryTake(","));
        _tokens.Require(")");
        return names;
    }

    private ShowStatement ContinuousQueries()
    {
        _tokens.Require("QUERIES");
        return new ShowStatement(ShownThing.ContinuousQueries);
    }

    private ShowStatement Policies()
    {
        _tokens.Require("POLICIES");
        return new ShowStatement(ShownThing.RetentionPolicies) { Database = _clauses.On() };
    }

    private ShowStatement Cardinality(ShownThing thing)
    {
        bool isExact = _tokens.TryTake("EXACT");
        if (!_tokens.TryTake("CARDINALITY"))
        {
            throw InfluxSyntaxException.Expected(_tokens.Peek(), isExact ? "CARDINALITY" : "CARDINALITY, EXACT");
        }

        ShowStatement statement = From(new ShowStatement(thing) { Database = _clauses.On(), CountsOnly = true, IsExact = isExact });
        return Where(thing == ShownThing.TagValues ? statement with { With = WithKey() } : statement);
    }

    private ShowStatement FromWhere(ShowStatement statement) => Where(From(statement));

    private ShowStatement From(ShowStatement statement) => statement with { Sources = _clauses.Measurements() };

    private ShowStatement Where(ShowStatement statement) => Ordered(statement with { Condition = _clauses.Where() });

    private ShowStatement Ordered(ShowStatement statement)
    {
        _ = _clauses.OrderBy();
        return statement with { Limits = _clauses.Limits() };
    }
}
