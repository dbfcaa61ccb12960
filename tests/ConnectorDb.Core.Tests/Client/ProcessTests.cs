using ConnectorDb.Core.Hosting;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Client;

/// <summary>Several processes on one file, and processes that are killed.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Database _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    public void A_writer_killed_ten_times_loses_nothing_acknowledged(int size)
    {
        const int Kills = 10;
        CdbPath stream = _database.AddStream("me/user/x");
        Random random = new(size);
        for (int i = 0; i < Kills; i++)
        {
            using WriterProcess writer = new(_database, stream, size, int.MaxValue);
            long? acknowledged = writer.Next();
            for (int lines = random.Next(30); lines > 0; lines--)
            {
                acknowledged = writer.Next();
            }

            acknowledged = writer.Kill(acknowledged);

            List<Datapoint> points = _database.Read(stream);
            double[] kept = [.. points.Select(point => point.T)];
            Assert.NotNull(acknowledged);
            Assert.InRange(kept.LongLength, acknowledged.Value + 1, acknowledged.Value + 1 + size);
            Assert.Equal(0, kept.Length % size);
            Assert.Equal(Enumerable.Range(0, kept.Length).Select(n => (double)n), kept);
            Datapoint sum = Assert.Single(_database.Read(new DataQuery(stream) { Transform = "sum | if last" }));
            Assert.Equal(points.Sum(point => point.Value.AsDouble()), sum.Value.AsDouble());
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(700)]
    public void A_writer_that_also_removes_leaves_one_of_two_states_when_it_is_killed(int size)
    {
        CdbPath stream = _database.AddStream("me/user/x");
        Random random = new(size);
        for (int i = 0; i < 10; i++)
        {
            using WriterProcess writer = new(_database, stream, size, int.MaxValue, removes: true);
            long? acknowledged = writer.Next();
            for (int lines = random.Next(30); lines > 0; lines--)
            {
                acknowledged = writer.Next();
            }

            long count = writer.Kill(acknowledged)!.Value + 1;

            List<Datapoint> points = _database.Read(stream);
            Assert.Contains(points.Count, (long[])[count, count + size, count - (size / 2)]);
            Assert.Equal(Enumerable.Range(0, points.Count).Select(n => (double)n), points.Select(point => point.T));
            Datapoint sum = Assert.Single(_database.Read(new DataQuery(stream) { Transform = "sum | if last" }));
            Assert.Equal(points.Sum(point => point.Value.AsDouble()), sum.Value.AsDouble());
        }
    }

    [Fact]
    public void A_file_whose_only_writer_was_killed_opens_again()
    {
        CdbPath stream = _database.AddStream("me/user/x");
        _database.Engine.Dispose();
        using WriterProcess writer = new(_database, stream, 10, int.MaxValue);
        long? acknowledged = writer.Kill(writer.Next());

        using Core.Engine.CdbEngine engine = StoreFactory.OpenEngine(_database.File, _database.KeyFolder, TimeProvider.System);

        Assert.InRange(engine.Count(_database.Me, stream, Some.NoToken), acknowledged!.Value + 1, long.MaxValue);
    }

    [Fact]
    public void Processes_that_write_at_once_wait_for_each_other()
    {
        CdbPath[] streams = [.. new[] { "a", "b", "c" }.Select(name => _database.AddStream($"me/user/{name}"))];

        WriterProcess[] writers = [.. streams.Select(stream => new WriterProcess(_database, stream, 3, 50))];
        CdbPath own = _database.AddStream("me/user/own");
        for (int i = 0; i < 50; i++)
        {
            _database.Append(own, Some.Point(i, DataValue.From((long)i)));
        }

        Array.ForEach(writers, writer => writer.End());
        Array.ForEach(writers, writer => writer.Dispose());
        Assert.Equal([150L, 150L, 150L, 50L], streams.Append(own).Select(stream => _database.Engine.Count(_database.Me, stream, Some.NoToken)));
        Assert.All(streams, stream => Assert.Equal(Enumerable.Range(0, 150).Select(n => (double)n), _database.Read(stream).Select(point => point.T)));
    }

    [Fact]
    public void Two_processes_create_one_store_from_a_missing_file()
    {
        _database.Engine.Dispose();
        for (int round = 0; round < 10; round++)
        {
            Array.ForEach(Directory.GetFiles(Path.GetDirectoryName(_database.File)!), File.Delete);

            Parallel.For(0, 8, _ =>
            {
                using Core.Engine.CdbEngine engine = StoreFactory.OpenEngine(_database.File, _database.KeyFolder, TimeProvider.System);
                engine.CreateOwner(CdbPath.ForUser("me"), Some.NoToken);
                Assert.Equal(1, engine.Info(engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken), Some.NoToken).Users);
            });
        }
    }
}
