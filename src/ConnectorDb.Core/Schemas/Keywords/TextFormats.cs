using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary>The formats of draft 4, and those of later ones that are common.</summary>
internal static partial class TextFormats
{
    public static FrozenDictionary<string, Predicate<string>> Known { get; } = new Dictionary<string, Predicate<string>>(StringComparer.Ordinal)
    {
        ["date-time"] = text => DateTimePattern().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ["date"] = text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ["email"] = text => MailAddress.TryCreate(text, out MailAddress? address) && address.Address == text,
        ["hostname"] = text => Uri.CheckHostName(text) == UriHostNameType.Dns,
        ["ipv4"] = text => text.Count(c => c == '.') == 3 && IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork,
        ["ipv6"] = text => IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6,
        ["uri"] = text => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && text.StartsWith(uri.Scheme, StringComparison.OrdinalIgnoreCase),
        ["uuid"] = text => Guid.TryParseExact(text, "D", out _),
    }.ToFrozenDictionary();

    /// <summary>RFC 3339, section 5.6.</summary>
    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")]
    private static partial Regex DateTimePattern();
}
