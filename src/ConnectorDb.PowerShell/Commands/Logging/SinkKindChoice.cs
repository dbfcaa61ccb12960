using System.Management.Automation;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>The kinds of sinks that the parameters of one call of New-CdbSink leave possible.</summary>
/// <param name="refuse">Ends the cmdlet with a message.</param>
internal sealed class SinkKindChoice(Action<string> refuse)
{
    private readonly Dictionary<string, List<SinkKind>> _kinds = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _given = [];

    public void Offer(string parameter, SinkKind kind)
    {
        if (!_kinds.TryGetValue(parameter, out List<SinkKind>? kinds))
        {
            _kinds[parameter] = kinds = [];
        }

        kinds.Add(kind);
    }

    /// <summary>Returns true for a parameter of several kinds.</summary>
    public bool IsShared(string parameter) => _kinds[parameter].Count > 1;

    /// <summary>Says which kinds the parameters belong to.</summary>
    /// <param name="parameters">Names of parameters; others than those of kinds are left out.</param>
    public string Describe(IEnumerable<string> parameters)
    {
        string[] known = [.. parameters.Where(_kinds.ContainsKey)];
        if (known.Length == 0)
        {
            return $"Say where the data go: {string.Join(", ", SinkKind.All.Select(kind => $"-{kind.Name}"))}. Get-Help New-CdbSink describes each.";
        }

        if (known.Length > 1 && Array.TrueForAll(known, IsKind))
        {
            return $"A destination is of one kind. Create each with a call of its own: {string.Join("; ", known.SelectMany(Examples))}. Then give them to -Sink together.";
        }

        string belong = string.Join(", ", known.Select(name => $"-{name} to {string.Join(" or ", _kinds[name].Select(kind => $"-{kind.Name}"))}"));
        return $"Say where the data go: -{known[0]} belongs {belong[(known[0].Length + 2)..]}. A destination has the parameters of one kind, as in: {string.Join("; ", Examples(known[0]))}.";
    }

    /// <summary>The attribute for a parameter that checks it against those bound before it.</summary>
    public ValidateArgumentsAttribute CheckOf(string parameter) => new Check(this, parameter);

    private static IEnumerable<string> Required(SinkKind kind, string parameter)
        => kind.Parameters.Where(each => each.IsRequired).Select(each => each.Name).Append(parameter).Where(name => name != kind.Name).Distinct();

    /// <summary>A parameter with a variable of its name.</summary>
    private static string Written(string parameter) => $"-{parameter} ${char.ToLowerInvariant(parameter[0])}{parameter[1..]}";

    /// <summary>A call for each kind of a parameter.</summary>
    private IEnumerable<string> Examples(string parameter)
        => _kinds[parameter].Select(kind => $"New-CdbSink {Written(kind.Name)} {string.Join(' ', Required(kind, parameter).Select(Written))}".TrimEnd());

    private static bool IsKind(string parameter) => SinkKind.All.Any(kind => kind.Name == parameter);

    private void Add(string parameter)
    {
        _given.Add(parameter);
        if (!_kinds[parameter].Any(kind => _given.TrueForAll(each => _kinds[each].Contains(kind))))
        {
            refuse(Describe(_given));
        }
    }

    private sealed class Check(SinkKindChoice choice, string parameter) : ValidateArgumentsAttribute
    {
        protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics) => choice.Add(parameter);
    }
}
