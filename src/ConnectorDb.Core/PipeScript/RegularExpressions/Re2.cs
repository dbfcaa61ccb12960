using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ConnectorDb.Core.PipeScript.RegularExpressions;

/// <summary>Compiles regular expressions in the syntax of RE2. Matching takes time in proportion to the text, because nothing backtracks.</summary>
internal static class Re2
{
    /// <summary>The time for one text, which a large one with a pattern of many states exceeds. Nothing else ends a match.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="problem">The reason when it is not a pattern of RE2.</param>
    public static bool TryCompile(string pattern, [NotNullWhen(true)] out Regex? regex, out string problem)
    {
        regex = null;
        problem = "";
        try
        {
            regex = new Regex(new Re2Translator(pattern).Translate(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
            return true;
        }
        catch (FormatException wrong)
        {
            problem = wrong.Message;
        }
        catch (RegexParseException wrong)
        {
            problem = wrong.Error switch
            {
                RegexParseError.QuantifierAfterNothing => "there is nothing before a * + ? or {} to repeat",
                RegexParseError.NestedQuantifiersNotParenthesized => "a repetition cannot be repeated without brackets",
                RegexParseError.ReversedQuantifierRange => "the bounds of a repetition are the wrong way round",
                RegexParseError.InsufficientClosingParentheses => "a bracket is not closed",
                RegexParseError.InsufficientOpeningParentheses => "a bracket closes nothing",
                _ => wrong.Message,
            };
        }
        catch (NotSupportedException)
        {
            problem = "it repeats so much that it would take too much memory";
        }

        return false;
    }
}
