using ConnectorDb.Columns;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Backups;
using ConnectorDb.Core.Storage.Sqlite;
using ConnectorDb.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Tests.Storage.Backups;

/// <summary>Backups of a stream of numbers and a stream of objects that were damaged.</summary>
public sealed class DamagedBackupTests : IDisposable
{
    private const int Numbers = 9000;
    private const int Objects = 5000;
    private readonly Database _database = new();
    private readonly TempFolder _folder = new();

    public DamagedBackupTests()
    {
        _database.Append(_database.AddStream("me/user/x"), new Block(Times(Numbers), new NumberColumn(Times(Numbers).Select(Math.Sqrt).ToArray())));
        DataValue[] objects = [.. Times(Objects).Select(t => DataValue.From(new DataObject(new KeyValuePair<string, DataValue>("a", DataValue.From(t * 1.5)))))];
        _database.Append(_database.AddStream("me/user/y"), new Block(Times(Objects), new ValueColumn(objects)));
    }

    private string Destination => _folder["backup.cdb"];

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_backup_that_is_cut_or_flipped_is_refused_or_restores_all_datapoints()
    {
        Copy(_database.File, _folder["whole.cdb"]);
        byte[] whole = File.ReadAllBytes(_folder["whole.cdb"]);
        string[] expected = [.. Contents(_folder["whole.cdb"])];
        using Database other = new();
        other.Engine.Dispose();
        byte[] before = File.ReadAllBytes(other.File);
        Random random = new(17);
        int refused = 0;
        for (int i = 0; i < 32; i++)
        {
            byte[] damaged = i % 4 == 0 ? whole[..random.Next(1, whole.Length)] : [.. whole];
            if (i % 4 != 0)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            File.WriteAllBytes(_folder["damaged.cdb"], damaged);
            File.WriteAllBytes(Destination, before);
            try
            {
                Copy(_folder["damaged.cdb"], Destination);
            }
            catch (StoreException error)
            {
                refused++;
                Assert.Equal((i, StoreFault.Damaged), (i, error.Fault));
                Assert.Equal(before, File.ReadAllBytes(Destination));
                continue;
            }

            Assert.Equal(expected, Contents(Destination));
        }

        Assert.InRange(refused, 10, 31);
    }

    [Theory]
    [InlineData("running_sum = running_sum + 1 WHERE start > 0 AND stream = 1")]
    [InlineData("running_sum = NULL, number_sum = number_sum + 1 WHERE start = 0 AND stream = 1")]
    [InlineData("members = CAST(substr(members, 1, length(members) - 2) || x'0102' AS BLOB) WHERE stream = 2")]
    public void A_backup_with_wrong_statistics_is_refused(string change)
    {
        Copy(_database.File, Destination);
        using (SqliteConnection connection = new($"Data Source={Destination};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"UPDATE segments SET {change}";
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }

        StoreException error = Assert.Throws<StoreException>(() => Copy(Destination, _folder["restored.cdb"]));

        Assert.Equal(StoreFault.Damaged, error.Fault);
        Assert.False(File.Exists(_folder["restored.cdb"]));
    }

    /// <summary>The datapoints of both streams, and results that come from statistics.</summary>
    private static IEnumerable<string> Contents(string path)
    {
        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Path = path });
        foreach (SequenceKey key in (SequenceKey[])[new(1, 0), new(2, 0)])
        {
            long count = store.Read(reader => reader.End(key).Count, Some.NoToken);
            for (long index = 0; index < count;)
            {
                Block block = store.Read(reader => reader.Read(key, index, long.MaxValue), Some.NoToken);
                for (int i = 0; i < block.Count; i++)
                {
                    yield return $"{block.Times.Span[i]:R} {block.Values[i].ToJson()}";
                }

                index += block.Count;
            }

            yield return store.Read(reader => reader.Summarize(key, 0, count), Some.NoToken).ToString()!;
        }
    }

    private static double[] Times(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    private static void Copy(string source, string destination)
        => StoreBackups.Copy(source, destination, replaces: true, alsoDamaged: false, _ => { }, Some.NoToken);
}
