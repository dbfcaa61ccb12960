namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>Parses the properties of retention policies.</summary>
internal sealed class PolicyParser(InfluxTokens tokens)
{
    private const int MaxReplicas = int.MaxValue;

    /// <summary>A statement after <c>CREATE RETENTION</c>.</summary>
    public PolicyStatement Create()
    {
        (string policy, string database) = Names();
        tokens.Require("DURATION");
        long duration = Duration();
        tokens.Require("REPLICATION");
        PolicyOptions options = new(duration, Replicas());
        options = tokens.TryTake("SHARD") ? options with { ShardDuration = ShardDuration() } : options;
        return new PolicyStatement(database, policy, options with { IsDefault = tokens.TryTake("DEFAULT") }, IsNew: true);
    }

    /// <summary>A statement after <c>ALTER</c>.</summary>
    public PolicyStatement Alter()
    {
        tokens.Require("RETENTION");
        (string policy, string database) = Names();
        PolicyOptions options = new();
        HashSet<string> found = [];
        while (tokens.Peek() is var next && (next.Is("DURATION") || next.Is("REPLICATION") || next.Is("SHARD") || next.Is("DEFAULT")))
        {
            if (!found.Add(next.Text))
            {
                throw new InfluxSyntaxException($"found duplicate {next.Text} option", next);
            }

            options = tokens.Take().Text switch
            {
                "DURATION" => options with { Duration = Duration() },
                "REPLICATION" => options with { Replicas = Replicas() },
                "SHARD" => options with { ShardDuration = ShardDuration() },
                _ => options with { IsDefault = true },
            };
        }

        return found.Count == 0
            ? throw InfluxSyntaxException.Expected(tokens.Peek(), "DURATION, REPLICATION, SHARD, DEFAULT")
            : new PolicyStatement(database, policy, options, IsNew: false);
    }

    /// <summary>A statement after <c>DROP RETENTION</c>.</summary>
    public DropPolicyStatement Drop()
    {
        (string policy, string database) = Names();
        return new DropPolicyStatement(database, policy);
    }

    /// <summary>A statement after <c>CREATE DATABASE</c>.</summary>
    public CreateDatabaseStatement Database()
    {
        string database = tokens.RequireIdentifier();
        if (!tokens.TryTake("WITH"))
        {
            return new CreateDatabaseStatement(database, null, null);
        }

        InfluxToken first = tokens.Peek();
        if (!first.Is("DURATION") && !first.Is("NAME") && !first.Is("REPLICATION") && !first.Is("SHARD"))
        {
            throw InfluxSyntaxException.Expected(first, "DURATION, NAME, REPLICATION, SHARD");
        }

        PolicyOptions options = new(IsDefault: true);
        options = tokens.TryTake("DURATION") ? options with { Duration = Duration() } : options;
        options = tokens.TryTake("REPLICATION") ? options with { Replicas = Replicas() } : options;
        options = tokens.TryTake("SHARD") ? options with { ShardDuration = ShardDuration() } : options;
        return new CreateDatabaseStatement(database, tokens.TryTake("NAME") ? tokens.RequireIdentifier() : null, options);
    }

    private (string Policy, string Database) Names()
    {
        tokens.Require("POLICY");
        string policy = tokens.RequireIdentifier();
        tokens.Require("ON");
        return (policy, tokens.RequireIdentifier());
    }

    private long Replicas()
    {
        InfluxToken token = tokens.Peek();
        long replicas = tokens.RequireInteger();
        return replicas is >= 1 and <= MaxReplicas ? replicas : throw new InfluxSyntaxException($"invalid value {replicas}: must be 1 <= n <= {MaxReplicas}", token);
    }

    private long ShardDuration()
    {
        tokens.Require("DURATION");
        return tokens.Peek() is var token && token.Is("INF") ? throw new InfluxSyntaxException("invalid duration INF for shard duration", token) : Duration();
    }

    private long Duration()
    {
        InfluxToken token = tokens.Take();
        return token.Is("INF") ? 0
            : token.Kind == InfluxTokenKind.Duration && InfluxDuration.Parse(token.Text) is { } nanoseconds ? nanoseconds
            : throw InfluxSyntaxException.Expected(token, "duration");
    }
}
