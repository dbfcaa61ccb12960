using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>A topic filter of MQTT, and the streams of the topics that it matches.</summary>
/// <remarks>MQTT 5.0, chapter 4.7.</remarks>
internal static class MqttTopic
{
    private const string OneLevel = "+";
    private const string AllLevels = "#";
    private const int HashLength = 8;
    private const int MostBytes = 65535;

    /// <summary>The error in a topic filter; null for none.</summary>
    public static string? FaultOf(string filter)
    {
        string[] levels = filter.Split('/');
        return filter.Length == 0 || Encoding.UTF8.GetByteCount(filter) > MostBytes ? $"A topic has 1 to {MostBytes} bytes. Give one such as 'home/+/temperature'."
            : levels.Any(level => level.Length > 1 && level.AsSpan().IndexOfAny('+', '#') >= 0) || levels.AsSpan(..^1).Contains(AllLevels)
                ? $"'{TextValue.Shorten(filter)}' is not a topic: + stands for a whole level, # for all levels at the end. Give one such as 'home/+/temperature' or 'home/#'."
            : null;
    }

    /// <summary>The levels of a topic at the wildcards of the filter, as the end of the name of a stream; null without wildcards.</summary>
    public static string? SuffixOf(string filter, string topic)
    {
        string[] pattern = filter.Split('/');
        string[] levels = topic.Split('/');

        // Also for the topic above: home/# matches home.
        string[] own = [.. levels.Where((_, i) => i >= pattern.Length - 1 && pattern[^1] == AllLevels || (i < pattern.Length && pattern[i] == OneLevel))];
        if (!pattern.Contains(OneLevel) && pattern[^1] != AllLevels)
        {
            return null;
        }

        // Names of streams have fewer characters than topics, and another separator. Where two topics could become one name, a hash tells them apart.
        bool isOne = own.Length == 1 && pattern[^1] != AllLevels;
        bool isUnique = own.Length > 0 && own.All(level => level.Length > 0 && level.All(c => char.IsAsciiLetterOrDigit(c) || c == '-' || (c == '_' && isOne)));
        string name = string.Join('_', own.Select(level => string.Concat(level.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'))));
        return isUnique ? name : $"{name}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(topic)))[..HashLength]}".TrimStart('_');
    }
}
