using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.InfluxQl.Evaluation;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Results;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl;

/// <summary>Answers statements of InfluxQL over the streams of a login.</summary>
internal sealed class InfluxRunner(IInfluxStreams streams, InfluxContext context, QueryBudget budget)
{
    private readonly InfluxDatabase _database = new(streams, context, budget);

    public InfluxResult Run(InfluxStatement statement)
    {
        try
        {
            return statement switch
            {
                SelectStatement select => new InfluxResult(new SelectRunner(_database, streams, context, budget).Run(select)),
                ShowStatement show => new InfluxResult(new ShowRunner(_database, streams, context, budget).Run(show)),
                CreateDatabaseStatement create => Create(create.Database),
                DropStatement { Measurement: null, Database: { } database } when streams.Find(database, null).Count == 0 => Drop(database),
                DropStatement drop when IsThere(drop) => throw new InfluxQueryException(drop.Measurement is null ? "DROP DATABASE is not supported" : "DROP MEASUREMENT is not supported"),
                OtherStatement other => throw new InfluxQueryException($"{other.Name} is not supported"),
                _ => InfluxResult.Nothing,
            };
        }
        catch (InfluxQueryException error)
        {
            return new InfluxResult([], error.Message);
        }
    }

    private InfluxResult Create(string database)
    {
        if (!_database.Exists(database))
        {
            streams.CreateDatabase(database);
        }

        return InfluxResult.Nothing;
    }

    private InfluxResult Drop(string database)
    {
        streams.DropDatabase(database);
        return InfluxResult.Nothing;
    }

    private bool IsThere(DropStatement drop)
    {
        if (drop.Measurement is not { } measurement)
        {
            return _database.Exists(drop.Database!);
        }

        _database.Require(null);
        return streams.Find(context.Database, measurement).Count > 0;
    }
}
