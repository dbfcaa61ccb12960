namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>Parses queries in InfluxQL. Errors have the words and places of InfluxDB.</summary>
public static class InfluxParser
{
    private static readonly string[] s_statements = ["SELECT", "DELETE", "SHOW", "CREATE", "DROP", "EXPLAIN", "GRANT", "REVOKE", "ALTER", "SET", "KILL"];

    /// <summary>The statements of a query.</summary>
    /// <param name="parameters">The values of parameters such as <c>$host</c>.</param>
    /// <exception cref="InfluxSyntaxException">The query has another form.</exception>
    public static IReadOnlyList<InfluxStatement> Parse(string query, InfluxParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(parameters);
        InfluxTokens tokens = new(query, parameters.Tokens);
        List<InfluxStatement> statements = [];
        bool isSeparated = true;
        while (tokens.Peek().Kind != InfluxTokenKind.End)
        {
            if (tokens.TryTake(";"))
            {
                isSeparated = true;
                continue;
            }

            if (!isSeparated)
            {
                throw InfluxSyntaxException.Expected(tokens.Peek(), ";");
            }

            int start = tokens.Start;
            statements.Add(Statement(tokens) with { Text = query[start..tokens.End] });
            isSeparated = false;
        }

        return statements;
    }

    private static InfluxStatement Statement(InfluxTokens tokens)
    {
        InfluxToken first = tokens.Take();
        return first.Kind != InfluxTokenKind.Keyword || !s_statements.Contains(first.Text) ? throw InfluxSyntaxException.Expected(first, string.Join(", ", s_statements))
            : first.Text switch
            {
                "SELECT" => new SelectParser(tokens).Parse(),
                "SHOW" => new ShowParser(tokens).Parse(),
                "CREATE" => Create(tokens),
                "DROP" => Drop(tokens),
                "ALTER" => new PolicyParser(tokens).Alter(),
                "DELETE" => Delete(tokens, isOfSeries: false),
                "KILL" => Kill(tokens),
                _ => Other(first.Text, tokens),
            };
    }

    private static InfluxStatement Create(InfluxTokens tokens)
    {
        InfluxToken thing = tokens.Take();
        return thing switch
        {
            _ when thing.Is("DATABASE") => new PolicyParser(tokens).Database(),
            _ when thing.Is("RETENTION") => new PolicyParser(tokens).Create(),
            _ when thing.Is("CONTINUOUS") => Other("CREATE CONTINUOUS QUERY", tokens),
            _ when thing.Is("USER") || thing.Is("SUBSCRIPTION") => Other($"CREATE {thing.Text}", tokens),
            _ => throw InfluxSyntaxException.Expected(thing, "CONTINUOUS, DATABASE, USER, RETENTION, SUBSCRIPTION"),
        };
    }

    private static InfluxStatement Drop(InfluxTokens tokens)
    {
        InfluxToken thing = tokens.Take();
        return thing switch
        {
            _ when thing.Is("DATABASE") => new DropDatabaseStatement(tokens.RequireIdentifier()),
            _ when thing.Is("MEASUREMENT") => new DropMeasurementStatement(tokens.RequireIdentifier()),
            _ when thing.Is("RETENTION") => new PolicyParser(tokens).Drop(),
            _ when thing.Is("SERIES") => Delete(tokens, isOfSeries: true),
            _ when thing.Is("CONTINUOUS") => Other("DROP CONTINUOUS QUERY", tokens),
            _ when thing.Is("SHARD") || thing.Is("SUBSCRIPTION") || thing.Is("USER") => Other($"DROP {thing.Text}", tokens),
            _ => throw InfluxSyntaxException.Expected(thing, "CONTINUOUS, DATABASE, MEASUREMENT, RETENTION, SERIES, SHARD, SUBSCRIPTION, USER"),
        };
    }

    private static DeleteStatement Delete(InfluxTokens tokens, bool isOfSeries)
    {
        if (!tokens.Peek().Is("FROM") && !tokens.Peek().Is("WHERE"))
        {
            throw InfluxSyntaxException.Expected(tokens.Peek(), "FROM, WHERE");
        }

        StatementClauses clauses = new(tokens, new InfluxExpressionParser(tokens));
        return new DeleteStatement(clauses.Measurements(), clauses.Where(), isOfSeries);
    }

    private static KillQueryStatement Kill(InfluxTokens tokens)
    {
        tokens.Require("QUERY");
        long query = tokens.RequireInteger();
        _ = tokens.TryTake("ON") ? tokens.RequireIdentifier() : null;
        return new KillQueryStatement(query);
    }

    /// <summary>A statement that is refused when it runs, with all of its words.</summary>
    internal static OtherStatement Other(string name, InfluxTokens tokens)
    {
        while (tokens.Peek(takesRegex: true).Kind != InfluxTokenKind.End && !tokens.Peek().Is(";"))
        {
            tokens.Take();
        }

        return new OtherStatement(name);
    }
}
