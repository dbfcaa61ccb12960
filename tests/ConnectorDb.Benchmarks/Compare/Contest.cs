using System.Diagnostics;

namespace ConnectorDb.Benchmarks.Compare;

/// <summary>A contestant, with the preparation of its work, which is not measured.</summary>
internal sealed record Contestant(string Name, Func<ValueTask> Work, Func<ValueTask>? Before = null)
{
    public const string Us = "ConnectorDb";

    public static Contestant Of(string name, Action work) => new(name, () =>
    {
        work();
        return ValueTask.CompletedTask;
    });
}

/// <summary>The same work done in turns by several, ourselves first: the median of the rounds after one to warm up.</summary>
internal static class Contest
{
    public const int Rounds = 7;

    public static async Task<Row> RunAsync(string work, string goal, Unit unit, params Contestant[] contestants)
    {
        List<double>[] seconds = [.. contestants.Select(_ => new List<double>())];
        for (int round = 0; round <= Rounds; round++)
        {
            for (int i = 0; i < contestants.Length; i++)
            {
                double elapsed = await TimeAsync(contestants[i]);
                if (round > 0)
                {
                    seconds[i].Add(elapsed);
                }
            }
        }

        Figure[] figures = [.. contestants.Zip(seconds, (contestant, each) => new Figure(contestant.Name, unit.Of(Median(each))))];
        return new Row(work, goal, unit, figures);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }

    private static async Task<double> TimeAsync(Contestant contestant)
    {
        if (contestant.Before is { } before)
        {
            await before();
        }

        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        await contestant.Work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
