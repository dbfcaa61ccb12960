using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript;
using Xunit.Abstractions;

namespace ConnectorDb.Core.Tests.PipeScript.Vectors;

/// <summary>The recorded behaviour of the original; where it is not copied, ours.</summary>
public sealed class TransformVectorTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<IReadOnlyList<Datapoint>, IEnumerable<Block>>> s_shapes = new()
    {
        ["one block"] = points => [Blocks.Narrow(points)],
        ["a block for each datapoint"] = Blocks.Single,
        ["a column of any values"] = points => [Blocks.Wide(points)],
    };

    /// <summary>Hours since 1970 in a zone whose offset was another then. Windows applies the first rule that it knows, of 2007, to all times before.</summary>
    private const string OldRule = "t.time.0006";

    [Fact]
    public void Recorded_results_of_the_original_are_reproduced()
    {
        List<string> failures = [];
        int ran = 0;
        int failed = 0;
        foreach (TransformVector vector in TransformVector.All().Where(vector => vector.Quirk is null && !(OperatingSystem.IsWindows() && vector.Id == OldRule)))
        {
            string[] problems = Problems(vector).ToArray();
            ran++;
            failed += problems.Length > 0 ? 1 : 0;
            failures.AddRange(problems);
        }

        output.WriteLine($"{ran} vectors ran, {ran - failed} passed.");
        foreach (IGrouping<string?, TransformVector> quirk in TransformVector.All().Where(vector => vector.Quirk is not null).GroupBy(vector => vector.Quirk))
        {
            output.WriteLine($"{quirk.Count()} excluded: {quirk.Key}");
        }

        Assert.True(failures.Count == 0, $"{failed} of {ran} failed:\n" + string.Join('\n', failures.Take(60)));
    }

    [Fact]
    public void Deliberate_differences_from_the_original_hold()
    {
        List<string> failures = [];
        foreach (TransformVector vector in TransformVector.All().Where(vector => vector.Quirk is not null))
        {
            if (!DoesOurs(vector))
            {
                failures.Add($"{vector.Id} ({vector.Quirk}): {vector.Script}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static bool DoesOurs(TransformVector vector)
    {
        Exception? refusal = Record.Exception(() => Script.Parse(vector.Script, ScriptResult.Settings));
        if (vector.Quirk is "unknown-char-ends-script" or "trailing-backslash-string" or "keyword-prefix" or "hidden-peek")
        {
            return refusal is ScriptSyntaxException;
        }

        if (refusal is not null)
        {
            return false;
        }

        ScriptResult result = ScriptResult.Of(vector.Script, [Blocks.Narrow(vector.Input)]);
        return vector.Quirk switch
        {
            "string-index-byte" => result is { Output.Count: 0, Error: not null },
            "go113-number-syntax" => result is { Output.Count: 0, Error: not null },
            "int-float-deep-equal" => result.Output.Single().Value == DataValue.From(true),
            "const-pipe" or "space-minus" or "max-min-nil-first" or "anytrue-reset" or "escape-order" => true,
            _ => false,
        };
    }

    private static IEnumerable<string> Problems(TransformVector vector)
    {
        Script? script = null;
        ScriptSyntaxException? refusal = null;
        try
        {
            script = Script.Parse(vector.Script, ScriptResult.Settings);
        }
        catch (ScriptSyntaxException error)
        {
            refusal = error;
        }

        if (script is null || vector.Error == "parse")
        {
            if (script is not null || vector.Error != "parse")
            {
                yield return $"{vector.Id}: {vector.Script}: {refusal?.Message ?? "it was accepted"}";
            }

            yield break;
        }

        foreach ((string shape, Func<IReadOnlyList<Datapoint>, IEnumerable<Block>> blocks) in s_shapes)
        {
            ScriptResult result = ScriptResult.Of(script, blocks(vector.Input));
            if (!Agrees(vector, result))
            {
                yield return $"{vector.Id} in {shape}: {vector.Script}\n  wanted {new ScriptResult(vector.Output, null)} {vector.Error}\n  got    {result}";
            }
        }
    }

    private static bool Agrees(TransformVector vector, ScriptResult result)
    {
        if (vector.IsUnwritable)
        {
            return result.Output.Count > vector.Output.Count
                && Same(vector, result.Output.Take(vector.Output.Count).ToList())
                && Record.Exception(() => result.Output[vector.Output.Count].Value.ToJson()) is ArgumentException;
        }

        return (vector.Error == "runtime") == (result.Error is not null) && Same(vector, result.Output);
    }

    private static bool Same(TransformVector vector, IReadOnlyList<Datapoint> output)
        => output.Count == vector.Output.Count
            && output.Zip(vector.Output).All(pair => pair.First.T == pair.Second.T && Same(pair.First.Value, pair.Second.Value, vector.IsApproximate));

    private static bool Same(DataValue ours, DataValue theirs, bool isApproximate)
    {
        if (ours.IsNumber && theirs.IsNumber)
        {
            double difference = Math.Abs(ours.AsDouble() - theirs.AsDouble());
            return ours.AsDouble() == theirs.AsDouble() || (isApproximate && difference <= 1e-12 * Math.Abs(theirs.AsDouble()));
        }

        return ours.Kind == theirs.Kind && ours.Kind switch
        {
            DataKind.Array => ours.AsArray().Length == theirs.AsArray().Length
                && ours.AsArray().Zip(theirs.AsArray()).All(pair => Same(pair.First, pair.Second, isApproximate)),
            DataKind.Object => ours.AsObject().Count == theirs.AsObject().Count
                && ours.AsObject().All(member => theirs.AsObject().TryGetValue(member.Key, out DataValue value) && Same(member.Value, value, isApproximate)),
            _ => ours == theirs,
        };
    }
}
