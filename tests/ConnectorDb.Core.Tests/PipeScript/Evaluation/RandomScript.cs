using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.Tests.PipeScript.Vectors;
using CsCheck;

namespace ConnectorDb.Core.Tests.PipeScript.Evaluation;

/// <summary>Scripts that mean something: those of the vectors, those of the documentation, and pipes of them.</summary>
internal static class RandomScript
{
    private static readonly string[] s_ours =
    [
        "median", "stdev", "quantile(0.3)", "rate", "diff", "ema(0.3)", "round(1)", "abs", "clamp(-1, 2)", "resample(2)", "resample(3, {'n': count, 'm': max})",
        "resample('1d', sum)", "rand", "if rand < 0.5", "imap($, rand)", "ifelse($ > 1, rand, median)", "while(rand < 0.7, {'a': rand, 'b': rand})",
        "iwhile(not changed, count)", "sentiment * 2", "{'s': sentiment} | $('s') + 1", "imap(i % 3, append)", "remember(last, next:median)", "$ == next:diff",
        "next(3) - $ | if not last", "apply(next)", "reduce(if(true))", "top(2, -$)", "map(resample(1), sum)", "map(i % 3 + '-' + $, count)", "set('z', next)", "max(next) + sum(last)",
    ];

    public static Gen<Script> Scripts { get; } = Gen.OneOf(Usable());

    private static Script[] Usable()
    {
        IEnumerable<string> recorded = TransformVector.All().Where(vector => vector.Error != "parse").Select(vector => vector.Script);
        List<Script> scripts = [];
        foreach (string text in recorded.Concat(s_ours).Concat(s_ours.Select(script => $"({script}) + 1 | {script}")).Distinct())
        {
            try
            {
                scripts.Add(Script.Parse(text, ScriptResult.Settings));
            }
            catch (ScriptSyntaxException)
            {
                // Not every combination is a script.
            }
        }

        return scripts.ToArray();
    }
}
