using System.Management.Automation.Host;

namespace ConnectorDb.Shell.Hosting;

/// <summary>The choices of a question and the keys that choose them: <c>[Y] Yes  [N] No  [?] Help (default Y): </c>.</summary>
internal sealed class ChoiceMenu
{
    private readonly (string Key, string Label, string Help)[] _choices;
    private readonly int _default;

    public ChoiceMenu(IEnumerable<ChoiceDescription> choices, int defaultChoice)
    {
        _choices = [.. choices.Select(Split)];
        _default = defaultChoice;
    }

    /// <summary>What each choice does, a line each.</summary>
    public string Help => string.Concat(_choices.Select(c => $"{c.Key} - {c.Help}{Environment.NewLine}"));

    /// <summary>The index of the choice with that key or label; the default for an empty answer; null for none.</summary>
    public int? Find(string answer)
    {
        if (answer.Length == 0)
        {
            return _default >= 0 ? _default : null;
        }

        var found = Array.FindIndex(_choices, c =>
            string.Equals(answer, c.Key, StringComparison.OrdinalIgnoreCase) || string.Equals(answer, c.Label, StringComparison.OrdinalIgnoreCase));
        return found >= 0 ? found : null;
    }

    public override string ToString()
    {
        var byDefault = _default >= 0 ? $" (default {_choices[_default].Key})" : "";
        return string.Concat(_choices.Select(c => $"[{c.Key}] {c.Label}  ")) + $"[?] Help{byDefault}: ";
    }

    // The letter after the ampersand is the key: "Yes to &All" is chosen by A.
    private static (string Key, string Label, string Help) Split(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        var label = choice.Label.Replace("&", "", StringComparison.Ordinal);
        var key = mark >= 0 && mark < label.Length ? label.Substring(mark, 1).ToUpperInvariant() : label;
        return (key, label, choice.HelpMessage);
    }
}
