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
    private static readonly ConcurrentDictionary<Type, string[]> s_positional = [];
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
            string other = GivenBeside(parameter);

            // PowerShell repeats the message of any other exception of a setter inside one of its own.
            throw new SetValueException($"-{other} and -{parameter} cannot be used together. Use {FormOf(other)}, or {FormOf(parameter)}. Get-Help {NameOf(cmdlet)} describes each.");
        }

        _given.Add(parameter);
    }

    /// <summary>The error of an argument whose position belongs to a parameter of another set.</summary>
    public SetValueException Surplus(object? argument)
    {
        string[] candidates = [.. ExcludedPositional];
        string parameter = candidates.FirstOrDefault(name => LanguagePrimitives.TryConvertTo(argument, cmdlet.GetProperty(name)!.PropertyType, out _)) ?? candidates[0];
        string other = GivenBeside(parameter);
        return new($"'{argument}' is an argument too many beside -{other}. Use {FormOf(other)}, or {FormOf(parameter)}. Get-Help {NameOf(cmdlet)} describes each.");
    }

    /// <summary>True when the parameters given exclude a set that has a positional parameter.</summary>
    public bool ExcludesPositional => ExcludedPositional.Any();

    private IEnumerable<string> ExcludedPositional => _possible is null ? []
        : s_positional.GetOrAdd(cmdlet, Positional).Where(name => !SetsOf(name).Overlaps(_possible));

    /// <summary>A parameter given that has no set in common with another one.</summary>
    private string GivenBeside(string parameter) => _given.Find(each => !SetsOf(each).Overlaps(SetsOf(parameter))) ?? _given[^1];

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

    /// <summary>The parameters that have a position, in the order of the positions.</summary>
    private static string[] Positional(Type cmdlet)
        => [.. from property in cmdlet.GetProperties()
               let positions = property.GetCustomAttributes<ParameterAttribute>().Select(each => each.Position).Where(position => position >= 0).ToArray()
               where positions.Length > 0
               orderby positions[0]
               select property.Name];

    private FrozenSet<string> SetsOf(string parameter) => s_sets.GetOrAdd(
        (cmdlet, parameter),
        static key => key.Cmdlet.GetProperty(key.Parameter)!.GetCustomAttributes<ParameterAttribute>().Select(each => each.ParameterSetName).ToFrozenSet());

    private static string NameOf(Type cmdlet) => cmdlet.GetCustomAttribute<CmdletAttribute>() is { } name ? $"{name.VerbName}-{name.NounName}" : cmdlet.Name;
}
