using ConnectorDb.Core.Queries;
using Xunit.Abstractions;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

/// <summary>The recorded results of ConnectorDB 0.3, except for intended differences.</summary>
public sealed class VectorTests(ITestOutputHelper output)
{

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Recorded_merges_of_the_original_are_reproduced(int blockSize)
    {
        VectorReport report = new(output);
        foreach (Vector vector in Vector.In("merges.jsonl"))
        {
            if (Exclusion.OfMerge(vector) is { } reason)
            {
                report.Exclude(reason);
                continue;
            }

            Rows rows = await Rows.OfAsync(() => Merge.ReadAsync(WireQuery.Merge(vector.Merge), vector.InMemory(blockSize)));
            report.Add(vector, Expectation.Check(vector, rows, vector.Output));
        }

        report.Finish();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Recorded_datasets_of_the_original_are_reproduced(int blockSize)
    {
        VectorReport report = new(output);
        foreach (Vector vector in Vector.In("datasets.jsonl"))
        {
            if (Exclusion.OfDataset(vector) is { } reason)
            {
                report.Exclude(reason);
                continue;
            }

            Rows rows = await Rows.OfAsync(() => Dataset.ReadAsync(WireQuery.Dataset(vector.Query), vector.InMemory(blockSize)));
            report.Add(vector, Expectation.CheckDataset(vector, rows));
        }

        report.Finish();
    }
}
