using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>A million objects as system.memory writes them: one member of them, beside a stream that holds only the numbers of that member.</summary>
internal static class MemberRows
{
    private const int Points = 1_000_000;
    private const int DatasetRows = 10_000;
    private const string Goal = "≥ 0.33";
    private const string Numbers = "numbers";
    private const string Objects = "objects";
    private const string Member = "$(\"percent\")";

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using Scene scene = new();
        Block percent = Percent();
        await scene.AppendAsync(await scene.NewStreamAsync(Numbers), percent);
        await scene.AppendAsync(await scene.NewStreamAsync(Objects, """{"type":"object"}"""), Memory(percent));
        foreach (string script in (string[])["mean | if last", "> 55 | count | if last", "| if $ > 55 | count | if last", "- 1 | sum | if last"])
        {
            string ofNumbers = script.StartsWith("| ", StringComparison.Ordinal) ? script[2..] : script.StartsWith("mean", StringComparison.Ordinal) ? script : $"$ {script}";
            string ofMember = script.StartsWith("mean", StringComparison.Ordinal) ? $"{Member} | {script}" : $"{Member} {script}";
            yield return await Contest.RunAsync(
                $"1 M objects: `{ofMember}`",
                Goal,
                Unit.Milliseconds,
                new Contestant(Contestant.Us, async () => await scene.ReadAsync(Objects, ofMember)),
                new Contestant(Numbers, async () => await scene.ReadAsync(Numbers, ofNumbers)));
        }

        foreach (string interpolator in (string[])["mean", "closest"])
        {
            yield return await Contest.RunAsync(
                $"1 M objects: dataset column `{Member}`, 10,000 rows, {interpolator}",
                Goal,
                Unit.Milliseconds,
                new Contestant(Contestant.Us, async () => await scene.DatasetAsync(Query(Objects, Member, interpolator))),
                new Contestant(Numbers, async () => await scene.DatasetAsync(Query(Numbers, null, interpolator))));
        }
    }

    private static DatasetQuery Query(string stream, string? transform, string interpolator) => new()
    {
        T1 = SegmentData.Start,
        T2 = SegmentData.Start + Points,
        Dt = Points / DatasetRows,
        Columns =
        [
            new DatasetColumn
            {
                Name = "percent",
                Sources = [new DataQuery(CdbPath.ForStream("me", "user", stream)) { Transform = transform }],
                Interpolator = interpolator,
            },
        ],
    };

    /// <summary>A load that goes up and down in hours, with noise.</summary>
    private static Block Percent()
    {
        Random random = new(1);
        double[] times = new double[Points];
        double[] values = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            times[i] = SegmentData.Start + i;
            values[i] = Math.Round(50 + (30 * Math.Sin(i / 20_000.0)) + (4 * random.NextDouble()), 1);
        }

        return new Block(times, new NumberColumn(values));
    }

    /// <summary>Records, as the objects of a pipe are stored.</summary>
    private static Block Memory(Block percent)
    {
        const long total = 16_777_216_000;
        ReadOnlySpan<double> shares = ((NumberColumn)percent.Values).Values.Span;
        long[] used = new long[percent.Count];
        for (int i = 0; i < used.Length; i++)
        {
            used[i] = (long)(total * shares[i] / 100) + (i % 4096);
        }

        Column[] fields = [new IntegerColumn(Enumerable.Repeat(total, percent.Count).ToArray()), new IntegerColumn(used), percent.Values];
        return new Block(percent.Times, new RecordColumn(["total", "used", "percent"], fields, percent.Count));
    }
}
