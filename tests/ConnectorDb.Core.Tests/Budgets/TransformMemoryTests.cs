using System.Text.RegularExpressions;
using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.PipeScript.Transforms;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Budgets;

/// <summary>
/// Runs the examples of every transform of the catalog over long streams of growing values. A transform may fail with the name of the
/// limit, but not take more memory than that.
/// </summary>
[Collection(nameof(Alone))]
public sealed class TransformMemoryTests
{
    private const long Limit = 4 << 20;

    /// <summary>The limit, the chunk that is being made, and objects of a fixed size that are not counted.</summary>
    private const long MostHeld = 3 * Limit;

    private const int Blocks = 48;
    private static readonly QueryLimits s_limits = new() { ValueSize = 1 << 20, Memory = Limit };

    /// <summary>A name, and blocks that together are many times as large as the limit.</summary>
    private static readonly (string Name, Func<int, Block> Make)[] s_inputs =
    [
        ("numbers", block => Filled(block, 16_384, i => DataValue.From(i + 0.5))),
        ("texts", block => Filled(block, 16, i => DataValue.From(Text(i)))),
        ("objects", block => Filled(block, 16, i => DataValue.From(new DataObject(
            new("k" + i, DataValue.From(i + 0.5)), new("a", DataValue.From(i)), new("b", DataValue.From(i)), new("latitude", DataValue.From(i)), new("longitude", DataValue.From(i)), new("load", DataValue.From(i)))))),
        ("large objects", block => Filled(block, 16, i => DataValue.From(new DataObject(new("room", DataValue.From(Text(i))), new("temperature", DataValue.From(Text(i))))))),
        ("arrays", block => Filled(block, 64, i => DataValue.From([.. Enumerable.Range(i, 1000).Select(item => DataValue.From(item))]))),
        ("urls", block => Filled(block, 16, i => DataValue.From($"http://{i}.example/{Text(i)}"))),
    ];

    public static TheoryData<string> Names => [.. TransformCatalog.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_transform_stays_within_its_memory_or_names_the_limit(string name)
    {
        int completed = 0;
        int limited = 0;
        foreach (string example in TransformCatalog.All[name].Info.Examples)
        {
            Script script = Script.Parse(example.Split(" — ")[0]);
            foreach ((string input, Func<int, Block> make) in s_inputs)
            {
                (long held, Exception? error) = Run(script, make);
                Assert.True(held <= MostHeld, $"{script} over {input} held {held} bytes.");
                Assert.True(error is null or ScriptRuntimeException or QueryLimitException, error?.ToString());
                completed += error is null ? 1 : 0;
                limited += error is QueryLimitException ? 1 : 0;
                Assert.True(error is not QueryLimitException || Regex.IsMatch(error.Message, $"({Limit}|{s_limits.ValueSize}) bytes"), error?.Message);
            }
        }

        Assert.True(completed + limited > 0, "No input suits the transform. Add one that does.");
    }

    private static (long Held, Exception? Error) Run(Script script, Func<int, Block> make)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long held = 0;
        using QueryBudget budget = new(s_limits);
        ScriptExecution run = script.Start(budget);
        Exception? error = Record.Exception(() =>
        {
            for (int block = 0; block < Blocks; block++)
            {
                foreach (Block results in run.Push(make(block)))
                {
                    // As a reader does that writes them down.
                    for (int i = 0; i < results.Count; i += 97)
                    {
                        _ = results.Values[i];
                    }
                }

                if (block % 24 == 23)
                {
                    held = Math.Max(held, GC.GetTotalMemory(forceFullCollection: true) - before);
                }
            }

            foreach (Block results in run.Finish())
            {
                _ = results.Values[0];
            }
        });
        GC.KeepAlive(run);
        return (held, error);
    }

    private static string Text(int i) => i.ToString("D16", System.Globalization.CultureInfo.InvariantCulture) + new string('x', 8000);

    private static Block Filled(int block, int count, Func<int, DataValue> value)
    {
        BlockBuilder points = new(count);
        for (int i = block * count; i < (block + 1) * count; i++)
        {
            points.Add(1_600_000_000 + i, value(i));
        }

        return points.Build();
    }
}
