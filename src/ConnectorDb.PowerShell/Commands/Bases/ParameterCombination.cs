using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>
/// Checks that the parameters of a call belong to one parameter set, as they are bound. PowerShell's own error, after the last one, names
/// neither the parameters nor the sets.
/// </summary>
/// <param name="cmdlet">The type of the cmdlet.</param>
internal sealed class ParameterCombination(Type cmdlet)
{
    private static readonly ConcurrentDictionary<(Type Cmdlet, string Parameter), FrozenSet<string>> s_sets = [];
    private static readonly ConcurrentDictionary<Type, string[]> s_positional = [];
    private readonly List<string> _given = [];
    private string[]? _possible;

    /// <summary>Adds a parameter that has sets.</summary>
    /// <returns>If it has no set in common with those before it: the message, with the parameters that go together.</returns>
    public string? TryAdd(string parameter)
    {
        FrozenSet<string> sets = SetsOf(parameter);
        _possible = _possible is null ? [.. sets] : [.. _possible.Where(sets.Contains)];
        if (_possible.Length == 0)
        {
            string other = GivenBeside(parameter);
            return $"-{other} and -{parameter} cannot be used together. {Forms(other, parameter)}";
        }

        _given.Add(parameter);
        return null;
    }

    /// <summary>The error of a parameter that the cmdlet does not have: it begins as that of PowerShell.</summary>
    /// <param name="dynamic">The names of dynamic parameters.</param>
    public string Unknown(string name, IEnumerable<string> dynamic)
    {
        string[] names = [.. cmdlet.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))).Select(property => property.Name).Concat(dynamic).Order(StringComparer.Ordinal)];
        string advice = names.Length == 0 ? $"{NameOf(cmdlet)} has none of its own."
            : Engine.Nearest(name, names) is { } nearest ? $"Did you mean -{nearest}?"
            : $"{NameOf(cmdlet)} has {string.Join(", ", names.Select(each => $"-{each}"))}.";
        return $"A parameter cannot be found that matches parameter name '{name}'. {advice} Get-Help {NameOf(cmdlet)} describes the parameters.";
    }

    /// <summary>The error of an argument that no parameter takes, or whose position belongs to a parameter of another set.</summary>
    /// <param name="line">The line that the user typed.</param>
    public string Surplus(object? argument, string line)
    {
        string[] candidates = [.. ExcludedPositional];
        if (candidates.Length == 0)
        {
            return TooMany(argument, line);
        }

        string parameter = candidates.FirstOrDefault(name => LanguagePrimitives.TryConvertTo(argument, cmdlet.GetProperty(name)!.PropertyType, out _)) ?? candidates[0];
        string other = GivenBeside(parameter);
        return $"'{argument}' is an argument too many beside -{other}. {Forms(other, parameter)}";
    }

    private string TooMany(object? argument, string line)
    {
        string[] flags = [.. cmdlet.GetProperties().Where(property => property.PropertyType == typeof(SwitchParameter) && property.IsDefined(typeof(ParameterAttribute))).Select(property => property.Name)];
        if (IsFlag(argument) && flags.Length > 0)
        {
            string flag = flags.Contains("Public") ? "Public" : flags[0];
            return $"'{argument}' is an argument too many. The value of a switch stands behind a colon, without a space: -{flag}, or -{flag}:$false. Get-Help {NameOf(cmdlet)} describes the parameters.";
        }

        string[] positional = s_positional.GetOrAdd(cmdlet, Positional);
        string taken = positional.Length == 0 ? "takes no argument without the name of its parameter" : $"takes {Listed([.. positional.Select(name => $"-{name}")])} without the name";
        string aliases = string.Concat(positional.Select(name => AliasIn(line, name) is { } alias ? $" -{alias} is another name of -{name}." : ""));
        return $"'{argument}' is an argument too many: {NameOf(cmdlet)} {taken}.{aliases} A text with spaces needs quotes ('one two'), and a list needs commas (one, two). Get-Help {NameOf(cmdlet)} describes the parameters.";
    }

    /// <summary>Another name of a parameter that the line has; the user may have taken it for a parameter of its own.</summary>
    private string? AliasIn(string line, string parameter)
        => cmdlet.GetProperty(parameter)!.GetCustomAttribute<AliasAttribute>()?.AliasNames.FirstOrDefault(alias => Regex.IsMatch(line, $@"(?<!\S)-{alias}(?!\w)", RegexOptions.IgnoreCase));

    /// <summary>True for the value of a switch, as PowerShell gives <c>$true</c>, or as text.</summary>
    private static bool IsFlag(object? argument) => argument is bool || bool.TryParse(argument as string, out _);

    private static string Listed(string[] names) => names is [.. var first, var last] && first.Length > 0 ? $"{string.Join(", ", first)} and {last}" : names[0];

    private IEnumerable<string> ExcludedPositional => _possible is null ? []
        : s_positional.GetOrAdd(cmdlet, Positional).Where(name => !SetsOf(name).Overlaps(_possible));

    /// <summary>A parameter given that has no set in common with another one.</summary>
    private string GivenBeside(string parameter) => _given.Find(each => !SetsOf(each).Overlaps(SetsOf(parameter))) ?? _given[^1];

    /// <summary>Advises two parameters, each with those that it requires. A command with placeholders would not work when it is pasted.</summary>
    private string Forms(string first, string second)
    {
        string[] withFirst = ShortestWith(first), withSecond = ShortestWith(second);
        return $"Use {Form(first, withFirst.Except(withSecond))}, or {Form(second, withSecond.Except(withFirst))}. Get-Help {NameOf(cmdlet)} describes both.";
    }

    private static string Form(string parameter, IEnumerable<string> required)
        => required.Where(name => name != parameter).Select(name => $"-{name}").ToArray() is { Length: > 0 } others ? $"-{parameter} with {Listed(others)}" : $"-{parameter}";

    /// <summary>The parameters that the shortest call with a parameter requires.</summary>
    private string[] ShortestWith(string parameter) => SetsOf(parameter).Select(set => Required(set).ToArray()).MinBy(names => names.Length)!;

    private IEnumerable<string> Required(string set)
        => cmdlet.GetProperties().Where(property => property.GetCustomAttributes<ParameterAttribute>().Any(each => each.Mandatory && (each.ParameterSetName == set || each.ParameterSetName == ParameterAttribute.AllParameterSets))).Select(property => property.Name);

    /// <summary>The parameters that have a position, in the order of the positions.</summary>
    private static string[] Positional(Type cmdlet)
        => [.. from property in cmdlet.GetProperties()
               let positions = property.GetCustomAttributes<ParameterAttribute>().Select(each => each.Position).Where(position => position >= 0).ToArray()
               where positions.Length > 0
               orderby positions[0]
               select property.Name];

    private FrozenSet<string> SetsOf(string parameter) => s_sets.GetOrAdd(
        (cmdlet, parameter),
        static key => Sets(key.Cmdlet.GetProperty(key.Parameter)!).ToFrozenSet());

    private static IEnumerable<string> Sets(PropertyInfo parameter) => parameter.GetCustomAttributes<ParameterAttribute>().Select(each => each.ParameterSetName);

    private static string NameOf(Type cmdlet) => cmdlet.GetCustomAttribute<CmdletAttribute>() is { } name ? $"{name.VerbName}-{name.NounName}" : cmdlet.Name;
}
