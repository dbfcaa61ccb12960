namespace ConnectorDb;

/// <summary>A key, token or password: shown as stars, kept sealed, read only by whom it is handed to.</summary>
public sealed class SecretText(string text) : IEquatable<SecretText>
{
    private readonly string _text = text;

    /// <summary>The text itself. A method, so that nobody who shows all properties shows it.</summary>
    public string Reveal() => _text;

    public bool Equals(SecretText? other) => other is not null && other._text == _text;

    public override bool Equals(object? obj) => Equals(obj as SecretText);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "********";
}
