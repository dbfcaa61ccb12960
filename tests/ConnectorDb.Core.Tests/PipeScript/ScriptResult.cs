using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Tests.PipeScript;

/// <summary>The results of a script before its end, and the error that ended it.</summary>
public sealed record ScriptResult(IReadOnlyList<Datapoint> Output, ScriptRuntimeException? Error)
{
    /// <summary>Time zones of machines differ; the recorded behaviour is that of UTC.</summary>
    public static ScriptSettings Settings { get; } = new() { LocalZone = TimeZoneInfo.Utc, Seed = 5 };

    public static ScriptResult Of(string script, IEnumerable<Block> input) => Of(Script.Parse(script, Settings), input);

    public static ScriptResult Of(Script script, IEnumerable<Block> input) => Of(() => script.Run(input));

    /// <summary>Collects the results of a run, and the error that ended it.</summary>
    public static ScriptResult Of(Func<IEnumerable<Block>> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<Datapoint> output = [];
        try
        {
            foreach (Block block in run())
            {
                for (int i = 0; i < block.Count; i++)
                {
                    output.Add(block.At(i));
                }
            }

            return new(output, null);
        }
        catch (ScriptRuntimeException error)
        {
            return new(output, error);
        }
    }

    /// <summary>The values at the times 1, 2, 3 …, each a JSON text.</summary>
    public static ScriptResult OfValues(string script, params string[] values)
        => Of(script, [Blocks.Narrow(values.Select((value, i) => new Datapoint(i + 1, DataValue.Parse(value))))]);

    /// <summary>Times and values, for comparison and for messages.</summary>
    public override string ToString()
        => string.Join(", ", Output.Select(point => FormattableString.Invariant($"{point.T:R}: {Blocks.Show(point.Value)}"))) + (Error is null ? "" : $" ! {Error.Message}");
}
