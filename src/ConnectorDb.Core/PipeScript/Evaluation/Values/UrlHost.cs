using System.Buffers;

namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>The host of a URL, as RFC 3986 has it and Go's net/url reads it: with its port, without user information.</summary>
internal static class UrlHost
{
    private const string Unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
    private static readonly SearchValues<char> s_ofScheme = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    private static readonly SearchValues<char> s_ofHost = SearchValues.Create(Unreserved + "!$&'()*+,;=:[]<>\"");
    private static readonly SearchValues<char> s_ofUser = SearchValues.Create(Unreserved + "!$&'()*+,;=:%@");
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789");

    /// <summary>The host with its port; empty when the text is no URL or has none.</summary>
    public static string Of(string url)
    {
        string rest = url.Split('#', 2)[0];
        if (url.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0 || url.Contains('\x7f', StringComparison.Ordinal) || !TrySkipScheme(ref rest))
        {
            return "";
        }

        rest = rest.Split('?', 2)[0];
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return "";
        }

        int end = rest.IndexOf('/', 2);
        string authority = end < 0 ? rest[2..] : rest[2..end];
        return (end < 0 || HasGoodEscapes(rest[end..])) && TryReadHost(authority, out string host) ? host : "";
    }

    /// <summary>False when the text begins with a colon.</summary>
    private static bool TrySkipScheme(ref string url)
    {
        int length = url.AsSpan().IndexOfAnyExcept(s_ofScheme);
        if (length >= 0 && url[length] == ':' && (length == 0 || char.IsAsciiLetter(url[0])))
        {
            url = url[(length + 1)..];
            return length > 0;
        }

        return true;
    }

    private static bool TryReadHost(string authority, out string host)
    {
        int at = authority.LastIndexOf('@');
        host = authority[(at + 1)..];
        if (at >= 0 && (authority.AsSpan(0, at).ContainsAnyExcept(s_ofUser) || !HasGoodEscapes(authority[..at])))
        {
            return false;
        }

        int name = host.StartsWith('[') ? host.LastIndexOf(']') + 1 : 0;
        int colon = name > 0 ? name : host.LastIndexOf(':');
        bool hasPort = colon >= 0 && colon < host.Length;
        bool isGood = !(host.StartsWith('[') && name == 0)
            && (!hasPort || (host[colon] == ':' && !host.AsSpan(colon + 1).ContainsAnyExcept(s_digits)));
        return isGood && TryUnescape(ref host);
    }

    /// <summary>In a host only bytes beyond ASCII may be escaped.</summary>
    private static bool TryUnescape(ref string host)
    {
        for (int i = 0; i < host.Length; i++)
        {
            if (host[i] < 0x80 && host[i] != '%' && !s_ofHost.Contains(host[i]))
            {
                return false;
            }

            if (host[i] == '%' && !(i + 2 < host.Length && host[i + 1] >= '8' && char.IsAsciiHexDigit(host[i + 1]) && char.IsAsciiHexDigit(host[i + 2])))
            {
                return false;
            }
        }

        host = Uri.UnescapeDataString(host);
        return true;
    }

    private static bool HasGoodEscapes(string text)
    {
        for (int i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return false;
            }
        }

        return true;
    }
}
