using ConnectorDb.Columns;
using ConnectorDb.Core.Tests.PipeScript;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Reading;

/// <summary>Scripts over members of stored objects have the results of scripts over whole objects.</summary>
public abstract class MemberReadSuite : IDisposable
{
    private static readonly string[] s_scripts =
    [
        "$('percent') | mean | if last", "$('percent') > 55 | count | if last", "if $('percent') > 55 | count | if last", "$('percent')", "$('used') | sum | if last",
        "if $('percent') > 99 | $('used')", "$('percent') | max | if last", "if last", "$('name')", "$", "{'p': $('percent'), 'all': $} | if i % 1000 == 0",
        "map($('name'), ($('percent') | mean))", "$('total') | if changed", "if $('percent') > 99 | top(1)", "$('percent') + $('used') | sum | if last", "if last | $('used')",
    ];

    private readonly Database _database;
    private readonly CdbPath _stream;

    protected MemberReadSuite(Database database)
    {
        _database = database;
        _stream = _database.AddStream("me/user/memory");
    }

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scripts_over_members_return_the_same_as_over_whole_objects(bool hasRecords)
    {
        Fill(hasRecords, 20_000, 3000, 17, 1, 1, 40, 1);
        AssertGiveTheSame(s_scripts, 0);
        AssertGiveTheSame(s_scripts, 5001);
    }

    [SkippableFact]
    public void Objects_without_the_member_fail_as_whole_objects_do()
    {
        Fill(hasRecords: true, 5000);
        Fill(hasRecords: false, 3000);
        _database.Append(_stream, Some.Point(1_000_000, DataValue.Parse("""{"total":1,"name":"other"}""")));
        AssertGiveTheSame(s_scripts, 0);
        _database.Append(_stream, Some.Point(1_000_001, DataValue.Parse("\"no object\"")));
        AssertGiveTheSame(s_scripts, 0);
    }

    [SkippableFact]
    public void Objects_of_several_shapes_are_read_whole()
    {
        BlockBuilder builder = new();
        for (int i = 0; i < 5000; i++)
        {
            builder.Add(i, DataValue.Parse(i % 2 == 0 ? $$"""{"percent":{{i}}}""" : $$"""{"x":1,"percent":{{i}}}"""));
        }

        _database.Append(_stream, builder.Build());
        AssertGiveTheSame(["$('percent') | mean | if last"], 0);
    }

    private void AssertGiveTheSame(string[] scripts, long from)
    {
        DataQuery query = new(_stream) { I1 = from };
        List<Block> all = [Blocks.Wide(_database.Read(query))];
        foreach (string script in scripts)
        {
            ScriptResult expected = ScriptResult.Of(script, all);
            ScriptResult read = ScriptResult.Of(() => _database.Engine.Read(_database.Me, query with { Transform = script }, Some.NoToken));
            Assert.Equal($"{script}: {expected}", $"{script}: {read}");
        }
    }

    private void Fill(bool hasRecords, params int[] counts)
    {
        Random random = new(4);
        int t = (int)_database.Engine.Count(_database.Me, _stream, Some.NoToken);
        foreach (int count in counts)
        {
            BlockBuilder builder = new(count, hasRecords);
            for (int i = 0; i < count; i++, t++)
            {
                double percent = Math.Round(50 + (40 * Math.Sin(t / 3000.0)) + random.NextDouble(), 1);
                builder.Add(t, DataValue.From(new DataObject(
                    KeyValuePair.Create("total", DataValue.From(16_000_000_000L)),
                    KeyValuePair.Create("name", DataValue.From(t % 3 == 0 ? "a" : "b")),
                    KeyValuePair.Create("used", DataValue.From((long)(percent * 160_000_000))),
                    KeyValuePair.Create("percent", DataValue.From(percent)))));
            }

            _database.Append(_stream, builder.Build());
        }
    }
}
