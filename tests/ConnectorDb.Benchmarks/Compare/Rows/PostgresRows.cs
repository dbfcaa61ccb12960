using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using Npgsql;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>A store in the empty database that <c>CONNECTORDB_POSTGRES</c> names, beside bare PostgreSQL and beside a store in a file.</summary>
internal static class PostgresRows
{
    private const int Calls = 1600;
    private const int Points = 1_000_000;
    private const int Streams = 100;
    private const string Bare = "bare PostgreSQL";
    private const string File = "store in a file";

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        if (Environment.GetEnvironmentVariable("CONNECTORDB_POSTGRES") is not { Length: > 0 } address)
        {
            Console.Error.WriteLine("CONNECTORDB_POSTGRES names no empty database, so that the part 'postgres' is left out.");
            yield break;
        }

        // The store is made first, because it refuses a database with other tables.
        await using Scene scene = new(address);
        await foreach (Row row in CitusRows.RunAsync(scene))
        {
            yield return row;
        }

        await using BarePostgres bare = new(address);
        foreach ((int callers, string goal) in ((int, string)[])[(1, "≥ 0.8"), (16, "≥ 1.0"), (64, "≥ 1.8")])
        {
            CdbPath[] streams = await NewStreamsAsync(scene, callers);
            yield return await Contest.RunAsync(
                $"PostgreSQL: single durable appends, {callers} caller{(callers > 1 ? "s" : "")}",
                goal,
                Unit.PerSecond(Calls),
                new Contestant(Contestant.Us, () => new ValueTask(AppendAsync([scene], streams))),
                new Contestant($"{Bare}, a prepared INSERT", () => new ValueTask(bare.InsertAsync(callers, Calls))));
        }

        yield return await TwoServersAsync(scene, bare, address);
        yield return await ManyStreamsAsync(scene, bare);
        await foreach (Row row in BulkAsync(scene, bare))
        {
            yield return row;
        }
    }

    private static async Task<Row> TwoServersAsync(Scene scene, BarePostgres bare, string address)
    {
        await using Scene other = new(address);
        CdbPath[] stream = await NewStreamsAsync(scene, 1);
        return await Contest.RunAsync(
            "PostgreSQL: two servers write one stream",
            "≥ 0.6",
            Unit.PerSecond(Calls),
            new Contestant(Contestant.Us, () => new ValueTask(AppendAsync([scene, other], stream))),
            new Contestant($"{Bare}, two connections", () => new ValueTask(bare.InsertAsync(2, Calls))));
    }

    private static async Task<Row> ManyStreamsAsync(Scene scene, BarePostgres bare)
    {
        const int batches = 50;
        await using NpgsqlConnection connection = await bare.OpenAsync();
        CdbPath[] streams = await NewStreamsAsync(scene, Streams);
        return await Contest.RunAsync(
            "PostgreSQL: 100 streams in one call",
            "≥ 0.6",
            Unit.PerSecond(batches),
            new Contestant(Contestant.Us, async () =>
            {
                for (int i = 0; i < batches; i++)
                {
                    await scene.Client.AppendAsync([.. streams.Select(stream => new StreamBlock(stream, Number()))], AppendOptions.Default, CancellationToken.None);
                }
            }),
            new Contestant($"{Bare}, a batch of 100 inserts", async () =>
            {
                for (int i = 0; i < batches; i++)
                {
                    await bare.InsertBatchAsync(connection, Streams);
                }
            }));
    }

    private static async IAsyncEnumerable<Row> BulkAsync(Scene scene, BarePostgres bare)
    {
        Block a = SegmentData.Make(SegmentData.Tenths, Points);
        Block b = SegmentData.Make(SegmentData.FullPrecision, Points);
        CdbPath? next = null;
        yield return await Contest.RunAsync(
            "PostgreSQL: append of A in one call",
            "≥ 15",
            Unit.MillionPerSecond(Points),
            new Contestant(Contestant.Us, () => scene.AppendAsync(next!, a), async () => next = await scene.NewStreamAsync()),
            new Contestant($"{Bare}, COPY of a row per point", () => bare.CopyAsync(0, a), () =>
            {
                bare.Empty();
                return ValueTask.CompletedTask;
            }));
        long before = bare.StoreBytes();
        await scene.AppendAsync(await scene.NewStreamAsync("a"), a);
        long withA = bare.StoreBytes();
        await scene.AppendAsync(await scene.NewStreamAsync("b"), b);
        long withB = bare.StoreBytes();
        await using Scene file = new();
        long empty = SizeOf(file);
        await file.AppendAsync(await file.NewStreamAsync("a"), a);
        long fileA = SizeOf(file);
        await file.AppendAsync(await file.NewStreamAsync("b"), b);
        yield return new Row("PostgreSQL: disk of A, a point", "≤ 1.25 ×", Unit.BytesPerPoint, Of(withA - before), new Figure(File, (fileA - empty) / (double)Points));
        yield return new Row("PostgreSQL: disk of B, a point", "≤ 1.1 ×", Unit.BytesPerPoint, Of(withB - withA), new Figure(File, (SizeOf(file) - fileA) / (double)Points));
        yield return await BesideAsync("PostgreSQL: read of A into columns", "≤ 1.3 ×", scene, file, async each => await each.ReadAsync("a"));
        yield return await BesideAsync("PostgreSQL: mean of A", "≤ 5 ms", scene, file, async each => await each.ReadAsync("a", "mean | if last"));
        yield return await BesideAsync("PostgreSQL: T-dataset, two streams of 1 M: mean", "≤ 1.5 ×", scene, file, async each => await each.DatasetAsync(DatasetRows.Query(Points, "mean", "a", "b")));

        static Figure Of(long bytes) => new(Contestant.Us, bytes / (double)Points);
    }

    private static Task<Row> BesideAsync(string work, string goal, Scene scene, Scene file, Func<Scene, ValueTask> read)
        => Contest.RunAsync(work, goal, Unit.Milliseconds, new Contestant(Contestant.Us, () => read(scene)), new Contestant(File, () => read(file)));

    /// <summary>The file with its log.</summary>
    private static long SizeOf(Scene file) => new FileInfo(file.StorePath).Length + (new FileInfo($"{file.StorePath}-wal") is { Exists: true } log ? log.Length : 0);

    private static async Task<CdbPath[]> NewStreamsAsync(Scene scene, int count)
    {
        CdbPath[] streams = new CdbPath[count];
        for (int i = 0; i < count; i++)
        {
            streams[i] = await scene.NewStreamAsync();
        }

        return streams;
    }

    private static Task AppendAsync(Scene[] servers, CdbPath[] streams)
        => Task.WhenAll(servers.SelectMany(server => streams.Select(stream => Task.Run(async () =>
        {
            for (int i = 0; i < Calls / servers.Length / streams.Length; i++)
            {
                await server.AppendAsync(stream, Number());
            }
        }))));

    private static Block Number() => new(new[] { double.NaN }, new NumberColumn(new[] { 21.5 }));
}
