namespace ConnectorDb.Server.Tests.Influx;

/// <summary>Queries that InfluxDB 1.6.7 answered, over the data that it had.</summary>
public sealed class QueryVectorTests(Recording recording) : IClassFixture<Recording>
{
    public static TheoryData<string> Recorded => [.. Recording.ReadLines("queries.jsonl")];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_query_is_answered_as_InfluxDB_answers_it(string recorded)
        => await recording.CheckAsync(recorded);
}
