namespace ConnectorDb;

/// <summary>A key, token or password, which is shown as asterisks and stored encrypted.</summary>
public sealed class SecretText(string text) : IEquatable<SecretText>
{
    private readonly string _text = text;

    /// <summary>The secret itself. A method, so that it does not appear among the properties.</summary>
    public string Reveal() => _text;

    public bool Equals(SecretText? other) => other is not null && other._text == _text;

    public override bool Equals(object? obj) => Equals(obj as SecretText);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "********";
}
