using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Runs statements that change databases and their retention policies.</summary>
internal sealed class PolicyRunner(InfluxDatabase database, IInfluxStreams streams)
{
    private const long LeastDuration = 3_600_000_000_000;

    /// <exception cref="InfluxQueryException">The database has another retention policy.</exception>
    public void Create(CreateDatabaseStatement statement)
    {
        if (statement.Options is not { } options)
        {
            if (!database.Exists(statement.Database))
            {
                streams.CreateDatabase(statement.Database);
            }

            return;
        }

        RetentionPolicy policy = With(new RetentionPolicy(statement.Database, statement.Policy ?? RetentionPolicy.FirstName) { IsFirst = true }, options);
        if (!database.Exists(statement.Database))
        {
            streams.Keep([policy]);
        }
        else if (RetentionPolicy.Find(streams.PoliciesOf(statement.Database), policy.Name) is not { } known || !IsSame(known, policy))
        {
            throw new InfluxQueryException("retention policy conflicts with an existing policy");
        }
    }

    public void Drop(DropDatabaseStatement statement)
        => streams.DropDatabase([.. streams.PoliciesOf(statement.Database).Select(policy => policy.Label)]);

    /// <exception cref="InfluxQueryException">There is no such database or policy, or another one of the name.</exception>
    public void Change(PolicyStatement statement)
    {
        database.Require(statement.Database);
        IReadOnlyList<RetentionPolicy> policies = streams.PoliciesOf(statement.Database);
        RetentionPolicy? known = policies.FirstOrDefault(policy => policy.Name == statement.Policy);
        if (known is null && !statement.IsNew)
        {
            throw new InfluxQueryException($"retention policy not found: {statement.Policy}");
        }

        RetentionPolicy changed = With(known is null ? new RetentionPolicy(statement.Database, statement.Policy) : known with { ShardDuration = known.ActualShardDuration }, statement.Options);
        if (known is not null && statement.IsNew && !IsSame(known, changed))
        {
            throw new InfluxQueryException("retention policy already exists");
        }

        bool isOtherDefault = statement.Options.IsDefault;
        RetentionPolicy[] all =
        [
            .. policies.Where(policy => policy.Name != changed.Name).Select(policy => policy with { IsDefault = policy.IsDefault && !isOtherDefault }),
            changed with { IsDefault = changed.IsDefault || isOtherDefault },
        ];
        streams.Keep([.. all.Where(policy => policy.Marker is null || !policies.Contains(policy))]);
    }

    /// <exception cref="InfluxQueryException">It is the first policy, without which there is no database.</exception>
    public void Drop(DropPolicyStatement statement)
    {
        RetentionPolicy? policy = streams.PoliciesOf(statement.Database).FirstOrDefault(policy => policy.Name == statement.Policy);
        if (policy is { IsFirst: true } && database.Exists(statement.Database))
        {
            throw new InfluxQueryException("DROP RETENTION POLICY of the first policy of a database is not supported; use DROP DATABASE");
        }

        if (policy is not null)
        {
            streams.DropDatabase([policy.Label]);
        }
    }

    private static RetentionPolicy With(RetentionPolicy policy, PolicyOptions options)
    {
        RetentionPolicy changed = policy with
        {
            Duration = options.Duration ?? policy.Duration,
            Replicas = options.Replicas ?? policy.Replicas,
            ShardDuration = options.ShardDuration ?? policy.ShardDuration,
        };
        return changed.Duration is > 0 and < LeastDuration ? throw new InfluxQueryException("retention policy duration must be at least 1h0m0s")
            : changed.Duration > 0 && changed.Duration < changed.ActualShardDuration ? throw new InfluxQueryException("retention policy duration must be greater than the shard duration")
            : changed with { ShardDuration = changed.ActualShardDuration };
    }

    private static bool IsSame(RetentionPolicy one, RetentionPolicy other)
        => one.Duration == other.Duration && one.Replicas == other.Replicas && one.ActualShardDuration == other.ActualShardDuration;
}
