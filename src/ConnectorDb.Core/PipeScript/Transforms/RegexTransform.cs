using System.Text.RegularExpressions;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.RegularExpressions;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Matches a regular expression.</summary>
internal sealed class RegexTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "regex",
        Description = "True when a regular expression matches anywhere in the data, as a text.",
        Documentation = """
            The syntax is that of RE2: without backreferences and lookaround, so that matching takes time
            in proportion to the length of the text. `(?i)` at the start ignores the case. `\d`, `\w`, `\s` mean ASCII characters;
            script classes such as `\p{Greek}` are not supported. In a script a backslash before n, r, t, a quote or another
            backslash is an escape of the text itself.
            """,
        Arguments = [new() { Name = "pattern", Description = "The regular expression.", Constant = true }],
        Examples =
        [
            "if regex(\"(?i)^err(or)?:\") — texts that begin with err: or error:",
            "regex(\"^[0-9]+$\") — whether it is all digits",
        ],
        OneToOne = true,
        Stateless = true,
        OutputSchema = """{"type":"boolean"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        Regex pattern = call.Budget.Compile(call.Text(0), text => Re2.TryCompile(text, out Regex? regex, out string problem) ? regex : throw call.Error(0, $"is not a regular expression: {problem}"));
        return activation => ScalarNode.OfText(text => DataValue.From(Matches(pattern, text, activation.Memory.Budget)));
    }

    /// <exception cref="QueryLimitException">The comparison takes too long.</exception>
    private static bool Matches(Regex pattern, string text, QueryBudget budget)
    {
        budget.Check();
        try
        {
            return ExpressionMatch.IsMatch(pattern, text, budget);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new QueryLimitException($"To compare a text of {text.Length} characters with the pattern of regex takes more than {SecondsText.Of(Re2.Patience.TotalSeconds)}. Use a simpler pattern, or shorter texts.", null);
        }
    }
}
