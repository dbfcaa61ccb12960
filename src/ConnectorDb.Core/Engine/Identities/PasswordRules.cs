using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>The rules for new passwords: those of OWASP ASVS 5.0, 6.2, with a longer minimum. Any characters are allowed, and none are required, but not only blanks.</summary>
public static class PasswordRules
{
    /// <summary>Minimum number of Unicode characters.</summary>
    public const int MinLength = 12;

    /// <summary>Maximum number of Unicode characters.</summary>
    public const int MaxLength = 1000;

    /// <summary>Characters that a password has besides the names of its user, its address and this product.</summary>
    private const int MinOwnLength = 8;

    private const string Resource = "common-passwords.txt";

    private static readonly Lazy<HashSet<string>> s_common = new(ReadCommon);

    /// <param name="path">The user.</param>
    /// <param name="email">The e-mail address of the user; empty when there is none.</param>
    /// <exception cref="InvalidValueException">The password does not follow the rules.</exception>
    public static void Check(CdbPath path, string email, string password)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(email);
        ArgumentNullException.ThrowIfNull(password);
        if (FaultOf(path, email, password) is { } fault)
        {
            throw new InvalidValueException($"The password of '{path}' {fault}", path);
        }
    }

    private static string? FaultOf(CdbPath path, string email, string password)
    {
        int length = password.EnumerateRunes().Count();
        return length < MinLength ? string.Create(CultureInfo.InvariantCulture, $"has {CountText.Of(length, "character")}; at least {MinLength} are needed. Several words are easy to remember: they may have spaces, and any characters.")
            : length > MaxLength ? string.Create(CultureInfo.InvariantCulture, $"has {length} characters; at most {MaxLength} are allowed.")
            : password.EnumerateRunes().All(IsBlank) ? "consists of blanks. Spaces are allowed, but not alone."
            : s_common.Value.Contains(password.ToLowerInvariant()) ? "is among the commonest, which are guessed first. Choose one that nobody else has."
            : Without(password, email, path.User, email.Split('@')[0], "connectordb").EnumerateRunes().Count() < MinOwnLength ? "consists of names that are known. Choose one that has nothing to do with the user or with ConnectorDB."
            : null;
    }

    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    /// <summary>The password without the names; those of one or two letters count as words of their own only, because many words contain them.</summary>
    private static string Without(string password, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            password = name.Length > 2 ? password.Replace(name, "", StringComparison.OrdinalIgnoreCase)
                : name.Length > 0 ? Regex.Replace(password, $@"(?<!\w){Regex.Escape(name)}(?!\w)", "", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)
                : password;
        }

        return password;
    }

    private static HashSet<string> ReadCommon()
    {
        using StreamReader lines = new(typeof(PasswordRules).Assembly.GetManifestResourceStream(Resource)!);
        return new HashSet<string>(lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }
}
