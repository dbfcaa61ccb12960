using System.Text.RegularExpressions;
using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.Schemas;

/// <summary>A regular expression of a schema, with limits for the time that it takes.</summary>
/// <remarks>
/// Patterns with lookarounds and references backtrack, which can take exponential time. The others take time in proportion to the text, so that their limit is generous: a slow machine
/// must not refuse a valid value. A match that reaches its limit ends the validation of the value; after some of them, no text is matched for the rest of a minute, so that many bad
/// values take no more time than a few.
/// </remarks>
internal sealed class SchemaPattern(Regex regex)
{
    private const int MostTimeouts = 10;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_timeoutOfBacktracking = TimeSpan.FromMilliseconds(100);
    private static readonly long s_window = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;
    private long _since;
    private int _timeouts;

    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    public static SchemaPattern Of(string pattern)
    {
        string translated = EcmaPattern.Translate(pattern);
        try
        {
            return new SchemaPattern(new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, s_timeout));
        }
        catch (NotSupportedException)
        {
            return new SchemaPattern(new Regex(translated, RegexOptions.CultureInvariant, s_timeoutOfBacktracking));
        }
    }

    /// <exception cref="InsufficientExecutionStackException">The match takes too long.</exception>
    public bool IsMatch(string text, ValidationBudget budget)
    {
        if (Volatile.Read(ref _timeouts) >= MostTimeouts && Environment.TickCount64 - Volatile.Read(ref _since) < s_window)
        {
            throw new InsufficientExecutionStackException();
        }

        try
        {
            return ExpressionMatch.IsMatch(regex, text, budget.All);
        }
        catch (RegexMatchTimeoutException)
        {
            Count();
            throw new InsufficientExecutionStackException();
        }
    }

    private void Count()
    {
        long now = Environment.TickCount64;
        if (now - Volatile.Read(ref _since) >= s_window)
        {
            Volatile.Write(ref _since, now);
            Volatile.Write(ref _timeouts, 0);
        }

        Interlocked.Increment(ref _timeouts);
    }
}
