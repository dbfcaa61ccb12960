using System.Buffers;

namespace ConnectorDb;

/// <summary>
/// The one rule for the names of users, devices and streams: an ASCII letter, then ASCII letters, digits, <c>_</c> or
/// <c>-</c>; 1 to 29 characters; case-sensitive.
/// </summary>
public static class CdbName
{
    public const int MaxLength = 29;

    private static readonly SearchValues<char> s_allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool IsValid(string? name)
        => name is { Length: > 0 and <= MaxLength }
           && char.IsAsciiLetter(name[0])
           && !name.AsSpan().ContainsAnyExcept(s_allowed);

    /// <exception cref="InvalidNameException">The name breaks the rule; the message says where.</exception>
    public static string Check(string? name, string kind)
    {
        if (IsValid(name))
        {
            return name!;
        }

        throw new InvalidNameException(name ?? "", kind, Fault(name));
    }

    private static string Fault(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return "it is empty";
        }

        if (!char.IsAsciiLetter(name[0]))
        {
            return $"it must begin with a letter (a-z, A-Z), not '{name[0]}'";
        }

        int wrong = name.AsSpan().IndexOfAnyExcept(s_allowed);
        return wrong >= 0
            ? $"'{name[wrong]}' is not allowed; letters, digits, '_' and '-' are"
            : $"it has {name.Length} characters; at most {MaxLength} are allowed";
    }
}
