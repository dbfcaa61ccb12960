using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary>The formats of draft 4, and common ones of later drafts.</summary>
internal static partial class TextFormats
{
    private const int MaxHostLength = 253;

    public static FrozenDictionary<string, Predicate<string>> Known { get; } = new Dictionary<string, Predicate<string>>(StringComparer.Ordinal)
    {
        ["date-time"] = IsDateTime,
        ["date"] = text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ["email"] = text => MailAddress.TryCreate(text, out MailAddress? address) && address.Address == text && !address.User.EndsWith('.'),
        ["hostname"] = text => text.Length <= MaxHostLength && HostPattern().IsMatch(text),
        ["ipv4"] = text => IPv4Pattern().IsMatch(text),
        ["ipv6"] = IsIPv6,
        ["uri"] = text => UriPattern().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _),
        ["uuid"] = text => Guid.TryParseExact(text, "D", out _),
    }.ToFrozenDictionary();

    private static bool IsDateTime(string text)
    {
        Match match = DateTimePattern().Match(text);
        bool isLeapSecond = match.Groups["leap"].Success;
        string parsed = isLeapSecond ? text.Remove(match.Groups["leap"].Index, 2).Insert(match.Groups["leap"].Index, "59") : text;
        return match.Success
            && DateTimeOffset.TryParse(parsed, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
            && (!isLeapSecond || time.UtcDateTime is { Hour: 23, Minute: 59 });
    }

    /// <summary>Without brackets, zone and the leading zeros that <see cref="IPAddress"/> takes.</summary>
    private static bool IsIPv6(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        return text.AsSpan().IndexOfAny('[', '%') < 0
            && IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6
            && (dot < 0 || IPv4Pattern().IsMatch(text[(text.LastIndexOf(':') + 1)..]));
    }

    /// <summary>RFC 3339, section 5.6.</summary>
    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:(?:(?<leap>60)|\d\d)(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)\z", RegexOptions.ECMAScript)]
    private static partial Regex DateTimePattern();

    /// <summary>RFC 1123, section 2.1.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex HostPattern();

    /// <summary>RFC 2673, section 3.2.</summary>
    [GeneratedRegex(@"^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!\z)|\z)){4}\z")]
    private static partial Regex IPv4Pattern();

    /// <summary>The characters of RFC 3986: brackets only around the address of a host.</summary>
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:(?://(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?\[[0-9A-Za-z:.]+\])?(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*\z")]
    private static partial Regex UriPattern();
}
