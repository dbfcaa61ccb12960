using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Budgets;

/// <summary>Matches regular expressions of callers. Nothing ends a match but its own time limit, so that one that may take long runs beside its query.</summary>
/// <remarks>
/// .NET limits patterns without backtracking to a thousand states, but a text of two thousand characters can still take seconds: each character can make a new state of the automaton. The limit
/// of time is looked at after each thousand characters only.
/// </remarks>
internal static class ExpressionMatch
{
    /// <summary>The product of states and characters up to which a match is run where it is called: a tenth of a second at worst, and a few microseconds as a rule.</summary>
    private const long Moment = 100_000;

    /// <param name="regex">The pattern, with a limit of time.</param>
    /// <param name="budget">Null when nothing cancels.</param>
    /// <exception cref="RegexMatchTimeoutException">The match takes too long.</exception>
    public static bool IsMatch(Regex regex, string text, QueryBudget? budget)
    {
        return budget is null || (long)ExpressionSize.States(regex.ToString()) * text.Length <= Moment ? regex.IsMatch(text) : budget.Run(() => regex.IsMatch(text));
    }
}
