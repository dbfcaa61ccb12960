using System.Security.Cryptography;
using System.Text;
using ConnectorDb.Logging;

namespace ConnectorDb.Sinks;

/// <summary>The names of channels as streams of a ConnectorDB.</summary>
public static class StreamNames
{
    private const int HashLength = 8;

    /// <summary>The name or path of the stream of a channel. A stream that the destination does not create keeps its name.</summary>
    public static string Of(LogChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.Kind != ChannelKind.Stream ? NameOf(channel.Name) : channel.IsToCreate ? PathOf(channel.Name) : channel.Name;
    }

    /// <summary>Replaces invalid characters and shortens a long name to a prefix and a hash, so that different names stay different.</summary>
    public static string NameOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        name = name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : $"m{name}";
        return name.Length > CdbName.MaxLength ? $"{name[..(CdbName.MaxLength - HashLength - 1)]}_{HashOf(text)}" : name;
    }

    // Too long names are left as they are and rejected by the store. A truncated name could become equal to another.
    /// <summary>Replaces invalid characters in the names of a path.</summary>
    private static string PathOf(string text) => string.Join('/', text.Split('/').Select(part => part.Length > CdbName.MaxLength ? part : NameOf(part)));

    private static string HashOf(string text)
        => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength].ToLowerInvariant();
}
