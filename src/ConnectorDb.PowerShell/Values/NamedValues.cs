using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Values;

/// <summary>The members of a dictionary or custom object that describes something; names that mean nothing are refused.</summary>
internal sealed class NamedValues
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _what;

    /// <param name="source">A dictionary or custom object; null has no members.</param>
    /// <param name="what">What it describes, for the error.</param>
    /// <param name="known">The names it may have, in any case.</param>
    /// <exception cref="InvalidValueException">It is something else, or has another name.</exception>
    public NamedValues(object? source, string what, IReadOnlyCollection<string> known)
    {
        object? bare = source is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : source;
        Source = source;
        _what = what;
        if (bare is not (null or System.Collections.IDictionary or PSObject))
        {
            throw new InvalidValueException($"The {what} is described by a {bare.GetType().Name}; give a hashtable with: {string.Join(", ", known)}.", source);
        }

        foreach (string name in Members.Names(bare))
        {
            _values[name] = known.Contains(name, StringComparer.OrdinalIgnoreCase)
                ? Members.Get(bare, name)
                : throw new InvalidValueException($"The {what} knows no '{name}'; it knows: {string.Join(", ", known)}.", source);
        }
    }

    /// <summary>What was given.</summary>
    public object? Source { get; }

    /// <summary>The value; null when it is not there.</summary>
    public object? this[string name] => _values.GetValueOrDefault(name);

    public string? Text(string name) => this[name] is { } value ? LanguagePrimitives.ConvertTo<string>(value) : null;

    public T? Get<T>(string name)
        where T : struct
        => this[name] is not { } value ? null
            : LanguagePrimitives.TryConvertTo(value, out T converted) ? converted
            : throw Wrong(name, value, typeof(T).Name);

    public DateTimeOffset? Time(string name)
        => this[name] is not { } value ? null
            : TimeText.TryRead(value, out double seconds) ? UnixTime.ToDateTimeOffset(seconds)
            : throw new InvalidValueException($"'{value}', given for '{name}' of the {_what}, is not a time. {TimeText.Forms}", Source);

    private InvalidValueException Wrong(string name, object value, string type)
        => new($"'{value}', given for '{name}' of the {_what}, is not a {type}.", Source);
}
