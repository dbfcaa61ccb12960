using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript;
using CsCheck;

namespace ConnectorDb.Core.Tests.PipeScript.Evaluation;

/// <summary>How the datapoints come must not matter.</summary>
public sealed class BlockwiseTests
{
    private const int Samples = 4000;

    private static readonly Gen<(Script Script, Datapoint[] Points)> s_cases = Gen.Select(RandomScript.Scripts, RandomInput.Streams);

    [Fact]
    public void Blocks_do_not_change_results()
        => Gen.Select(s_cases, Gen.Int[0, 7].Array[0, 12]).Sample(
            (test, sizes) => Same(test, Split(test.Points, sizes)),
            iter: Samples,
            print: test => $"{test.Item1.Script.Text} over {string.Join(", ", test.Item1.Points.Select(p => $"{p.T}: {Blocks.Show(p.Value)}"))} in {string.Join(" ", test.Item2)}");

    [Fact]
    public void Column_types_do_not_change_results()
        => s_cases.Sample(
            test => Same(test, [Blocks.Wide(test.Points)]),
            iter: Samples,
            print: test => $"{test.Script.Text} over {string.Join(", ", test.Points.Select(p => $"{p.T}: {Blocks.Show(p.Value)}"))}");

    [Fact]
    public void A_finished_execution_restarts()
        => s_cases.Sample(
            test =>
            {
                ScriptExecution run = test.Script.Start();
                Block block = Blocks.Narrow(test.Points);
                return Show(run, block) == Show(run, block);
            },
            iter: Samples / 4);

    [Fact]
    public void Chunks_do_not_change_results()
    {
        Datapoint[] points = Enumerable.Range(0, 10_000).Select(i => new Datapoint(i * 0.5, DataValue.From((double)(i * 7919 % 1000)))).ToArray();
        foreach (string script in new[] { "sum | if last", "if $ > 500", "next(100)", "map($ % 10, count)", "imap($ % 10, sum) | if i % 997 == 0", "median", "while(dt < 1, sum)", "resample(60)" })
        {
            ScriptResult whole = ScriptResult.Of(script, [Blocks.Narrow(points)]);
            ScriptResult parts = ScriptResult.Of(script, Split(points, [1, 2047, 1, 2048, 3000, 5]));
            Assert.Equal(whole.ToString(), parts.ToString());
        }
    }

    private static bool Same((Script Script, Datapoint[] Points) test, IEnumerable<Block> blocks)
        => ScriptResult.Of(test.Script, [Blocks.Narrow(test.Points)]).ToString() == ScriptResult.Of(test.Script, blocks).ToString();

    private static IEnumerable<Block> Split(Datapoint[] points, int[] sizes)
    {
        int done = 0;
        foreach (int size in sizes.Append(points.Length))
        {
            int count = Math.Min(size, points.Length - done);
            yield return Blocks.Narrow(points.AsSpan(done, count).ToArray());
            done += count;
        }
    }

    private static string Show(ScriptExecution run, Block block)
    {
        try
        {
            return new ScriptResult([.. run.Push(block).Concat(run.Finish()).SelectMany(result => Enumerable.Range(0, result.Count).Select(i => result.At(i)))], null).ToString();
        }
        catch (ScriptRuntimeException error)
        {
            return error.Message;
        }
    }
}
