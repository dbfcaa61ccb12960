using System.Globalization;
using System.Text.Json;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>The members of an object of the configuration. What is wrong with one is said, and it counts as left out.</summary>
internal sealed class PlacedMembers
{
    private readonly Dictionary<string, PlacedJson> _members;
    private readonly PlacedJson _json;
    private readonly FaultList _faults;
    private readonly string _what;

    /// <param name="what">What it is called in faults.</param>
    /// <param name="known">The members it may have; null for any.</param>
    /// <param name="names">How names are compared; as they are written without it.</param>
    public PlacedMembers(PlacedJson json, string what, IReadOnlyCollection<string>? known, FaultList faults, StringComparer? names = null)
    {
        (_json, _what, _faults) = (json, what, faults);
        _members = new Dictionary<string, PlacedJson>(names ?? StringComparer.Ordinal);
        if (json.Kind != JsonTokenType.StartObject)
        {
            faults.Say(json, $"{what} has to be an object.");
        }

        foreach ((string name, PlacedJson value) in json.Members)
        {
            if (known?.Contains(name, _members.Comparer) == false)
            {
                faults.Say(value, $"{what} has '{name}', which means nothing here. What it may have: {string.Join(", ", known)}.");
            }
            else if (!_members.TryAdd(name, value))
            {
                faults.Say(value, $"{what} has '{name}' twice.");
            }
        }
    }

    public IEnumerable<string> Names => _members.Keys;

    /// <summary>The value of a member; null when it is left out, or <c>null</c>.</summary>
    public PlacedJson? Find(string name) => _members.TryGetValue(name, out PlacedJson? value) && value.Kind != JsonTokenType.Null ? value : null;

    public string? Text(string name) => Of(name, "a text", JsonTokenType.String)?.Text;

    /// <summary>A text that may neither be left out nor be empty.</summary>
    public string RequiredText(string name)
    {
        Demand(name);
        return Text(name) ?? "";
    }

    /// <summary>Says so when a member is left out or empty.</summary>
    public void Demand(string name)
    {
        if (Find(name) is null or { Kind: JsonTokenType.String, Text: "" })
        {
            _faults.Say(_json, $"{_what} needs {name}.");
        }
    }

    public bool? Flag(string name) => Of(name, "true or false", JsonTokenType.True, JsonTokenType.False) is { } value ? value.Kind == JsonTokenType.True : null;

    public double? Number(string name) => Of(name, "a number", JsonTokenType.Number) is { } value ? double.Parse(value.Text, CultureInfo.InvariantCulture) : null;

    public long? Whole(string name, long least, long most)
    {
        if (Number(name) is not { } number)
        {
            return null;
        }

        if (number == Math.Floor(number) && number >= least && number <= most)
        {
            return (long)number;
        }

        _faults.Say(Find(name)!, $"{name} has to be a whole number from {least} to {most}.");
        return null;
    }

    /// <param name="least">The shortest that it can be.</param>
    public TimeSpan? Seconds(string name, TimeSpan? least = null)
    {
        if (Number(name) is not { } seconds)
        {
            return null;
        }

        if (Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds / 2 && !(TimeSpan.FromSeconds(seconds) < least))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        _faults.Say(Find(name)!, $"{name} has to be a number of seconds{(least is { } shortest ? $", {shortest.TotalSeconds} at least" : "")}.");
        return null;
    }

    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<T>(text, ignoreCase: true);
        }

        _faults.Say(Find(name)!, $"{name} has to be one of: {string.Join(", ", Enum.GetNames<T>())}.");
        return null;
    }

    /// <summary>An object of texts.</summary>
    public Dictionary<string, string>? Texts(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        PlacedMembers members = new(value, name, null, _faults);
        return members.Names.ToDictionary(each => each, each => members.Text(each) ?? "");
    }

    private PlacedJson? Of(string name, string form, params JsonTokenType[] kinds)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (kinds.Contains(value.Kind))
        {
            return value;
        }

        _faults.Say(value, $"{name} has to be {form}.");
        return null;
    }
}
