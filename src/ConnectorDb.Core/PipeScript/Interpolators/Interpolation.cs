using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Language;

namespace ConnectorDb.Core.PipeScript.Interpolators;

/// <summary>Finds the interpolator or script that a dataset column names.</summary>
public static class Interpolation
{
    /// <summary>The interpolator of this name, or the script run over the datapoints of each row.</summary>
    /// <param name="hasZeroMeans">The interpolator <c>mean</c> gives 0 without datapoints.</param>
    /// <param name="budget">The budget of the query; null for the limits of this process.</param>
    /// <exception cref="ScriptSyntaxException">The text is neither; the message suggests the nearest name.</exception>
    public static Interpolator Start(string text, bool hasZeroMeans = false, QueryBudget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return hasZeroMeans && text == "mean" ? new Mean(isZeroWhenEmpty: true)
            : InterpolatorCatalog.All.TryGetValue(text, out InterpolatorEntry? known)
            ? known.Start()
            : Script(text, budget ?? QueryBudget.Embedded);
    }

    private static ScriptInterpolator Script(string text, QueryBudget budget)
    {
        try
        {
            return new ScriptInterpolator(PipeScript.Script.Parse(text, budget: budget), budget);
        }
        catch (ScriptSyntaxException) when (text.All(char.IsAsciiLetter))
        {
            IEnumerable<string> names = InterpolatorCatalog.All.Keys.Order(StringComparer.Ordinal);
            string advice = Spelling.Nearest(text, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            string fault = text.Length == 0 ? "A column has no interpolator." : $"'{text}' is neither an interpolator nor a script.{advice}";
            throw new SourceText(text).Error(new TextSpan(0, text.Length), $"{fault} Interpolators are {string.Join(", ", names)}.");
        }
    }
}
