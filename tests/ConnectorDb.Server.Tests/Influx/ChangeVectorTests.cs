namespace ConnectorDb.Server.Tests.Influx;

/// <summary>Statements that change databases, retention policies and points, as InfluxDB 1.6.7 answered them, with queries between them.</summary>
public sealed class ChangeVectorTests(Recording recording) : IClassFixture<Recording>
{
    /// <summary>Each statement goes on from the ones before.</summary>
    [Fact]
    public async Task Changes_are_made_and_answered_as_by_InfluxDB()
    {
        foreach (string recorded in Recording.ReadLines("changes.jsonl"))
        {
            await recording.CheckAsync(recorded);
        }
    }
}
