using System.Collections;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace ConnectorDb;

/// <summary>Texts by key: the labels of a stream, or the tags of a poll item. Their text, as in a CSV file, is <c>room=kitchen; floor=2</c>.</summary>
public sealed class LabelSet : ReadOnlyDictionary<string, string>, IDictionary<string, string>, IDictionary, IEnumerable, IEquatable<LabelSet>
{
    private const string Separator = "; ";

    private string? _stream;

    public LabelSet(IEnumerable<KeyValuePair<string, string>> labels)
        : base(new Dictionary<string, string>(labels, StringComparer.Ordinal))
    {
    }

    /// <summary>Takes the entries of a hashtable; those without a value are no labels.</summary>
    public LabelSet(IDictionary labels)
        : this(PairsOf(labels))
    {
    }

    /// <summary>A label. It cannot be set, and the error has the command that does.</summary>
    /// <exception cref="NotSupportedException">It was set.</exception>
    public new string this[string key]
    {
        get => base[key];
        set => throw ReadOnly(key, value);
    }

    /// <inheritdoc/>
    string IDictionary<string, string>.this[string key]
    {
        get => base[key];
        set => throw ReadOnly(key, value);
    }

    /// <inheritdoc/>
    object? IDictionary.this[object key]
    {
        get => TryGetValue($"{key}", out string? value) ? value : null;
        set => throw ReadOnly($"{key}", $"{value}");
    }

    /// <summary>No labels.</summary>
    public static LabelSet None { get; } = new([]);

    /// <summary>Reads the text of labels, or a JSON object; empty text has none.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static LabelSet Parse(string text)
        => TryParse(text, out LabelSet? labels) ? labels
            : throw new FormatException($"'{text}' is not a list of labels. Give a hashtable such as @{{ room = 'kitchen' }}, or text such as 'room=kitchen; floor=2'.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(string text, [NotNullWhen(true)] out LabelSet? labels)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith('{'))
        {
            try
            {
                labels = Read(DataValue.Parse(text));
            }
            catch (Exception error) when (error is JsonException or InvalidValueException)
            {
                labels = null;
            }

            return labels is not null;
        }

        string[][] pairs = [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))];
        bool isValid = Array.TrueForAll(pairs, pair => pair.Length == 2 && pair[0].Length > 0) && pairs.DistinctBy(pair => pair[0]).Count() == pairs.Length;
        labels = isValid ? new LabelSet(pairs.Select(pair => KeyValuePair.Create(pair[0], pair[1]))) : null;
        return isValid;
    }

    /// <summary>Reads a JSON object of texts.</summary>
    /// <exception cref="InvalidValueException">The value is not an object, or a label in it is not a text.</exception>
    public static LabelSet Read(DataValue value)
        => value.Kind == DataKind.Object
            ? new LabelSet(value.AsObject().Select(member => KeyValuePair.Create(member.Key, TextOf(member.Key, member.Value))))
            : throw new InvalidValueException("Labels are a JSON object of texts, such as {\"room\": \"office\"}.", value);

    /// <summary>The same labels, whose errors name their stream.</summary>
    internal LabelSet Of(string stream) => new(this.AsEnumerable()) { _stream = stream };

    /// <summary>The labels as a JSON object.</summary>
    public DataValue ToValue() => DataValue.From(new DataObject(this.Select(label => KeyValuePair.Create(label.Key, DataValue.From(label.Value))).ToArray()));

    /// <summary>The same keys with the same values, in any order.</summary>
    public bool Equals(LabelSet? other)
        => other is not null && other.Count == Count && this.All(label => other.TryGetValue(label.Key, out string? value) && value == label.Value);

    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    public override int GetHashCode() => this.Aggregate(Count, (hash, label) => hash ^ HashCode.Combine(label.Key, label.Value));

    // PowerShell shows what this gives: {room=kitchen, floor=2}, instead of {[room, kitchen], [floor, 2]}.
    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => this.Select(label => new Entry(label.Key, label.Value)).GetEnumerator();

    /// <summary>The text that <see cref="Parse"/> reads; JSON if a label has a semicolon, or spaces at an end.</summary>
    public override string ToString()
        => this.All(label => IsPlain(label.Key) && !label.Key.Contains('=', StringComparison.Ordinal) && label.Key[0] != '{' && IsPlain(label.Value))
            ? string.Join(Separator, this.Select(label => $"{label.Key}={label.Value}"))
            : ToValue().ToJson();

    private NotSupportedException ReadOnly(string key, string value)
    {
        IEnumerable<string> changed = this.Where(label => label.Key != key).Append(KeyValuePair.Create(key, value)).Select(label => $"{Quoted(label.Key)} = {Quoted(label.Value)}");
        string set = $"@{{ {string.Join("; ", changed)} }}";
        return new(_stream is null ? $"Labels are changed as a whole. Give all of them: {set}." : $"Labels are changed as a whole: Set-CdbStream {_stream} -Label {set}");
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static bool IsPlain(string text) => !text.Contains(';', StringComparison.Ordinal) && text == text.Trim() && text.Length > 0;

    private static IEnumerable<KeyValuePair<string, string>> PairsOf(IDictionary labels)
        => from object key in labels.Keys
           let value = labels[key]
           let text = value is ICollection ? throw new InvalidValueException($"The label '{key}' is a list. Labels are texts.", value) : Convert.ToString(value, CultureInfo.InvariantCulture)
           where !string.IsNullOrEmpty(text)
           select KeyValuePair.Create($"{key}", text);

    private static string TextOf(string key, DataValue value)
        => value.Kind == DataKind.Text ? value.AsText() : throw new InvalidValueException($"The label '{key}' is not a text. Labels are texts, such as \"3\" instead of 3.", key);

    /// <summary>A label whose text is <c>room=kitchen</c>.</summary>
    private sealed record Entry(string Key, string Value)
    {
        public override string ToString() => $"{Key}={Value}";
    }
}
