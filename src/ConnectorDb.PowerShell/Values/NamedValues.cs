using System.Globalization;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Values;

/// <summary>The members of a dictionary or custom object that describes a query, column or node; unknown names are rejected.</summary>
internal sealed class NamedValues
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _subject;

    /// <param name="source">A dictionary or custom object; null has no members.</param>
    /// <param name="subject">The described object, for error messages.</param>
    /// <param name="known">The valid names, in any case.</param>
    /// <exception cref="InvalidValueException">The source has another type, or an unknown name.</exception>
    public NamedValues(object? source, string subject, IReadOnlyCollection<string> known)
    {
        object? bare = PowerShellObject.UnwrapUnlessCustom(source);
        Source = source;
        _subject = subject;
        if (bare is not (null or System.Collections.IDictionary or PSObject))
        {
            throw new InvalidValueException($"The {subject} is a {bare.GetType().Name}. Give a hashtable with: {string.Join(", ", known)}.", source);
        }

        foreach (string name in Members.Names(bare))
        {
            _values[name] = known.Contains(name, StringComparer.OrdinalIgnoreCase)
                ? Members.Get(bare, name)
                : throw new InvalidValueException($"The {subject} has no '{name}'. Valid names: {string.Join(", ", known)}.", source);
        }
    }

    /// <summary>The dictionary or custom object.</summary>
    public object? Source { get; }

    /// <summary>The value of a name; null when it is missing.</summary>
    public object? this[string name] => _values.GetValueOrDefault(name);

    public string? Text(string name) => this[name] is { } value ? LanguagePrimitives.ConvertTo<string>(value) : null;

    public T? Get<T>(string name)
        where T : struct
        => this[name] is not { } value ? null
            : LanguagePrimitives.TryConvertTo(value, out T converted) ? converted
            : throw Wrong(name, value, typeof(T).Name);

    public DateTimeOffset? Time(string name)
        => this[name] is not { } value ? null
            : TimeText.TryReadArgument(value, out double seconds, out string? reason) ? UnixTime.ToDateTimeOffset(seconds)
            : throw new InvalidValueException($"The '{name}' of the {_subject} is not a time. {reason}", Source);

    private InvalidValueException Wrong(string name, object value, string type)
        => new(string.Create(CultureInfo.InvariantCulture, $"'{value}', given for '{name}' of the {_subject}, is not a {type}."), Source);
}
