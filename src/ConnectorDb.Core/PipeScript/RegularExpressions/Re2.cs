using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ConnectorDb.Core.PipeScript.RegularExpressions;

/// <summary>Regular expressions in the syntax of RE2, on the engine of .NET that never goes back and so always ends soon.</summary>
internal static class Re2
{
    /// <param name="problem">Why the pattern is none, when it is not.</param>
    public static bool TryCompile(string pattern, [NotNullWhen(true)] out Regex? regex, out string problem)
    {
        regex = null;
        problem = "";
        try
        {
            regex = new Regex(new Re2Translator(pattern).Translate(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
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
                RegexParseError.QuantifierAfterNothing => "nothing stands before a * + ? or {} to be repeated",
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
