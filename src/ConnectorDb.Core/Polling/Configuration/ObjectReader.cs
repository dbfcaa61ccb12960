using System.Globalization;
using System.Text.Json;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Reads the members of a JSON object and collects their errors. A member with an error counts as missing.</summary>
internal sealed class ObjectReader
{
    private readonly Dictionary<string, PositionedJson> _members;
    private readonly PositionedJson _json;
    private readonly ConfigErrors _errors;
    private readonly string _what;

    /// <param name="what">The name of the object in errors.</param>
    /// <param name="known">The allowed members; null for any.</param>
    /// <param name="names">The comparer of names; ordinal by default.</param>
    public ObjectReader(PositionedJson json, string what, IReadOnlyCollection<string>? known, ConfigErrors errors, StringComparer? names = null)
    {
        (_json, _what, _errors) = (json, what, errors);
        _members = new Dictionary<string, PositionedJson>(names ?? StringComparer.Ordinal);
        if (json.Kind != JsonTokenType.StartObject)
        {
            errors.Add(json, $"{what} must be an object.");
        }

        foreach ((string name, PositionedJson value) in json.Members)
        {
            if (known?.Contains(name, _members.Comparer) == false)
            {
                errors.Add(value, $"{what} has the unknown member '{name}'. Allowed are: {string.Join(", ", known)}.");
            }
            else if (!_members.TryAdd(name, value))
            {
                errors.Add(value, $"{what} has the member '{name}' twice.");
            }
        }
    }

    public IEnumerable<string> Names => _members.Keys;

    /// <summary>The value of a member, or null when it is missing or <c>null</c>.</summary>
    public PositionedJson? Find(string name) => _members.TryGetValue(name, out PositionedJson? value) && value.Kind != JsonTokenType.Null ? value : null;

    public string? Text(string name) => Of(name, "a string", JsonTokenType.String)?.Text;

    /// <summary>A string that is required and must not be empty.</summary>
    public string RequiredText(string name)
    {
        Require(name);
        return Text(name) ?? "";
    }

    /// <summary>Adds an error when a member is missing or empty.</summary>
    public void Require(string name)
    {
        if (Find(name) is null or { Kind: JsonTokenType.String, Text: "" })
        {
            _errors.Add(_json, $"{_what} needs {name}.");
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

        _errors.Add(Find(name)!, $"{name} must be a whole number from {least} to {most}.");
        return null;
    }

    /// <param name="least">The minimum.</param>
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

        _errors.Add(Find(name)!, $"{name} must be a number of seconds{(least is { } shortest ? string.Create(CultureInfo.InvariantCulture, $", at least {shortest.TotalSeconds}") : "")}.");
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

        _errors.Add(Find(name)!, $"{name} must be one of: {string.Join(", ", Enum.GetNames<T>())}.");
        return null;
    }

    /// <summary>An object whose members are strings.</summary>
    public Dictionary<string, string>? Texts(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        ObjectReader members = new(value, name, null, _errors);
        return members.Names.ToDictionary(each => each, each => members.Text(each) ?? "");
    }

    private PositionedJson? Of(string name, string form, params JsonTokenType[] kinds)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (kinds.Contains(value.Kind))
        {
            return value;
        }

        _errors.Add(value, $"{name} must be {form}.");
        return null;
    }
}
