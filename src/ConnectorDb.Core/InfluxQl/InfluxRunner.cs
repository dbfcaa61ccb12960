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
    private readonly PolicyRunner _policies = new(new InfluxDatabase(streams, context, budget), streams);

    public InfluxResult Run(InfluxStatement statement)
    {
        try
        {
            switch (statement)
            {
                case SelectStatement select:
                    return new InfluxResult(new SelectRunner(_database, streams, context, budget).Run(select));
                case ShowStatement show:
                    return new InfluxResult(new ShowRunner(_database, streams, context, budget).Run(show));
                case CreateDatabaseStatement create:
                    _policies.Create(create);
                    break;
                case DropDatabaseStatement drop:
                    _policies.Drop(drop);
                    break;
                case PolicyStatement policy:
                    _policies.Change(policy);
                    break;
                case DropPolicyStatement drop:
                    _policies.Drop(drop);
                    break;
                case DropMeasurementStatement drop:
                    new DeleteRunner(_database, streams, context, budget).Run(drop);
                    break;
                case DeleteStatement delete:
                    new DeleteRunner(_database, streams, context, budget).Run(delete);
                    break;
                case KillQueryStatement kill:
                    throw new InfluxQueryException($"no such query id: {kill.Query}");
                case OtherStatement other:
                    throw new InfluxQueryException($"{other.Name} is not supported");
            }

            return InfluxResult.Nothing;
        }
        catch (InfluxQueryException error)
        {
            return new InfluxResult([], error.Message);
        }
    }
}
