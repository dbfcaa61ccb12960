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

            statements.Add(Statement(tokens));
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
                _ => Other(first.Text, tokens),
            };
    }

    private static InfluxStatement Create(InfluxTokens tokens)
    {
        InfluxToken thing = tokens.Take();
        return thing switch
        {
            _ when thing.Is("DATABASE") => Database(tokens),
            _ when thing.Is("CONTINUOUS") || thing.Is("USER") || thing.Is("RETENTION") || thing.Is("SUBSCRIPTION") => Other($"CREATE {thing.Text}", tokens),
            _ => throw InfluxSyntaxException.Expected(thing, "CONTINUOUS, DATABASE, USER, RETENTION, SUBSCRIPTION"),
        };
    }

    /// <summary>The retention policy after <c>WITH</c> has no effect.</summary>
    private static CreateDatabaseStatement Database(InfluxTokens tokens)
    {
        CreateDatabaseStatement statement = new(tokens.RequireIdentifier());
        return tokens.Peek().Is("WITH") ? Rest(statement, tokens) : statement;
    }

    private static InfluxStatement Drop(InfluxTokens tokens)
    {
        InfluxToken thing = tokens.Take();
        return thing switch
        {
            _ when thing.Is("DATABASE") => new DropStatement(tokens.RequireIdentifier(), null),
            _ when thing.Is("MEASUREMENT") => new DropStatement(null, tokens.RequireIdentifier()),
            _ when thing.Is("CONTINUOUS") || thing.Is("RETENTION") || thing.Is("SERIES") || thing.Is("SHARD") || thing.Is("SUBSCRIPTION") || thing.Is("USER") => Other($"DROP {thing.Text}", tokens),
            _ => throw InfluxSyntaxException.Expected(thing, "CONTINUOUS, DATABASE, MEASUREMENT, RETENTION, SERIES, SHARD, SUBSCRIPTION, USER"),
        };
    }

    /// <summary>A statement that is refused when it runs, with all of its words.</summary>
    internal static OtherStatement Other(string name, InfluxTokens tokens) => Rest(new OtherStatement(name), tokens);

    private static T Rest<T>(T statement, InfluxTokens tokens)
        where T : InfluxStatement
    {
        while (tokens.Peek(takesRegex: true).Kind != InfluxTokenKind.End && !tokens.Peek().Is(";"))
        {
            tokens.Take();
        }

        return statement;
    }
}
