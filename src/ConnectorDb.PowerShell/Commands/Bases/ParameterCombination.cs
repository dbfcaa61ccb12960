using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Management.Automation;
using System.Reflection;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>
/// Checks that the parameters of a call belong to one parameter set, as they are bound. PowerShell's own error, after the last one, names
/// neither the parameters nor the sets.
/// </summary>
/// <param name="cmdlet">The type of the cmdlet.</param>
internal sealed class ParameterCombination(Type cmdlet)
{
    private static readonly ConcurrentDictionary<(Type Cmdlet, string Parameter), FrozenSet<string>> s_sets = [];
    private readonly List<string> _given = [];
    private string[]? _possible;

    /// <summary>Adds a parameter that has sets.</summary>
    /// <exception cref="SetValueException">It has no set in common with those before it. The message has the forms of the call.</exception>
    public void Add(string parameter)
    {
        FrozenSet<string> sets = SetsOf(parameter);
        _possible = _possible is null ? [.. sets] : [.. _possible.Where(sets.Contains)];
        if (_possible.Length == 0)
        {
            string other = _given.Find(each => !SetsOf(each).Overlaps(sets)) ?? _given[^1];

            // PowerShell repeats the message of any other exception of a setter inside one of its own.
            throw new SetValueException($"-{other} and -{parameter} cannot be used together. Use {FormOf(other)}, or {FormOf(parameter)}. Get-Help {NameOf(cmdlet)} describes each.");
        }

        _given.Add(parameter);
    }

    /// <summary>The shortest call with a parameter: the required parameters of one of its sets, and itself.</summary>
    private string FormOf(string parameter)
    {
        string[] shortest = SetsOf(parameter).Select(set => Required(set).Append(parameter).Distinct().ToArray()).MinBy(names => names.Length)!;
        return $"'{NameOf(cmdlet)} {string.Join(' ', shortest.Select(Written))}'";
    }

    private IEnumerable<string> Required(string set)
        => cmdlet.GetProperties().Where(property => property.GetCustomAttributes<ParameterAttribute>().Any(each => each.Mandatory && each.ParameterSetName == set)).Select(property => property.Name);

    private string Written(string parameter)
    {
        Type type = cmdlet.GetProperty(parameter)!.PropertyType;
        return type == typeof(SwitchParameter) ? $"-{parameter}" : $"-{parameter} <{(Nullable.GetUnderlyingType(type) ?? type).Name}>";
    }

    private FrozenSet<string> SetsOf(string parameter) => s_sets.GetOrAdd(
        (cmdlet, parameter),
        static key => key.Cmdlet.GetProperty(key.Parameter)!.GetCustomAttributes<ParameterAttribute>().Select(each => each.ParameterSetName).ToFrozenSet());

    private static string NameOf(Type cmdlet) => cmdlet.GetCustomAttribute<CmdletAttribute>() is { } name ? $"{name.VerbName}-{name.NounName}" : cmdlet.Name;
}
