using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.PipeScript.Transforms;
using Xunit.Abstractions;

namespace ConnectorDb.Core.Tests.PipeScript.Fuzz;

/// <summary>
/// Scripts mutated at random are either refused or run, printed and read back. CONNECTORDB_FUZZ_SECONDS is the duration (without it,
/// the same number of scripts on every machine), CONNECTORDB_FUZZ_SEED the start; scripts with new behaviour are added to the corpus.
/// See docs/performance.md.
/// </summary>
public sealed partial class ScriptFuzzTests(ITestOutputHelper output)
{
    private const int Few = 500;
    private const int LongestKept = 120;
    private const int MostKept = 400;
    private static readonly string s_corpus = Path.Combine(Sources.Root, "tests", "ConnectorDb.Core.Tests", "PipeScript", "Fuzz", "corpus.json");

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private static readonly Block[] s_inputs =
    [
        Blocks.Narrow(Enumerable.Range(0, 6).Select(i => new Datapoint(i * 1.5, DataValue.From(i - 2.5)))),
        Blocks.Narrow(new[] { "1", "null", "true", "\"x\"", "\" 7 \"", "[1,2]", "{\"a\":1,\"b\":\"y\",\"a\":2}", "9007199254740993", "1e400" }.Select((value, i) => new Datapoint(i, DataValue.Parse(value)))),
        Blocks.Narrow([new(double.NaN, DataValue.From(double.NaN)), new(double.NegativeInfinity, DataValue.From(1L)), new(1e300, DataValue.From(""))]),
        Block.Empty,
    ];

    [Fact]
    public void Every_random_script_runs_or_is_rejected()
    {
        string? seconds = Environment.GetEnvironmentVariable("CONNECTORDB_FUZZ_SECONDS");
        double duration = seconds is null ? 0 : double.Parse(seconds, CultureInfo.InvariantCulture);
        int seed = int.Parse(Environment.GetEnvironmentVariable("CONNECTORDB_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);
        Random random = new(seed);
        ScriptMutator mutator = new(random);
        List<string> corpus = JsonSerializer.Deserialize<List<string>>(File.ReadAllText(s_corpus))!;
        HashSet<string> behaviours = corpus.Select(Try).ToHashSet(StringComparer.Ordinal);
        Stopwatch watch = Stopwatch.StartNew();
        long tries = 0;
        (double Milliseconds, string Script) slowest = (0, "");
        for (; seconds is null ? tries < Few : watch.Elapsed.TotalSeconds < duration; tries++)
        {
            string script = mutator.Mutate(corpus[random.Next(corpus.Count)], corpus[random.Next(corpus.Count)]);
            double started = watch.Elapsed.TotalMilliseconds;
            if (behaviours.Add(Try(script)) && script.Length <= LongestKept && corpus.Count < MostKept)
            {
                corpus.Add(script);
            }

            double took = watch.Elapsed.TotalMilliseconds - started;
            slowest = took > slowest.Milliseconds ? (took, script) : slowest;
        }

        output.WriteLine($"{tries} scripts in {watch.Elapsed.TotalSeconds:F0} s from seed {seed}, {behaviours.Count} behaviours, {corpus.Count} scripts in the corpus.");
        output.WriteLine($"The slowest took {slowest.Milliseconds:F0} ms: {slowest.Script}");
        if (seconds is not null)
        {
            File.WriteAllText(s_corpus, JsonSerializer.Serialize(corpus, s_indented) + "\n");
        }
    }

    /// <summary>A rough result of a script: refused, or the kinds of its results and some of its transforms.</summary>
    private static string Try(string text)
    {
        try
        {
            Script script = Script.Parse(text, ScriptResult.Settings);
            string canonical = script.ToString();
            Assert.Equal(canonical, Script.Parse(canonical, ScriptResult.Settings).ToString());
            IEnumerable<string> transforms = Words().Matches(canonical).Select(word => word.Value).Where(TransformCatalog.All.ContainsKey).Distinct().Order(StringComparer.Ordinal);
            return string.Join('|', s_inputs.Select(input => Outcome(script, input)).Concat(transforms.Take(2)));
        }
        catch (ScriptSyntaxException)
        {
            return "refused";
        }
        catch (Exception other)
        {
            throw new InvalidOperationException($"Neither refused nor run: {JsonSerializer.Serialize(text)}", other);
        }
    }

    private static string Outcome(Script script, Block input)
    {
        ScriptResult whole = ScriptResult.Of(script, [input]);
        ScriptResult parts = ScriptResult.Of(script, Enumerable.Range(0, input.Count).Select(i => input.Slice(i, 1)));
        Assert.Equal(whole.ToString(), parts.ToString());
        string last = whole.Output.Count == 0 ? "nothing" : whole.Output[^1].Value.Kind.ToString();
        return whole.Error is null ? last : last + " and an error";
    }

    [GeneratedRegex("[a-z]+")]
    private static partial Regex Words();
}
