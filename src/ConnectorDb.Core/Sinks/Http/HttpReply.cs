using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Sinks.Http;

/// <summary>The status and body of a response.</summary>
internal sealed partial record HttpReply(HttpStatusCode Status, string Body)
{
    private const int LongestText = 300;
    private readonly Lazy<DataValue?> _json = new(() => Parse(Body));

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as JSON; null when it is something else, such as a web page.</summary>
    public DataValue? Json => _json.Value;

    /// <summary>The error message: a member of a JSON body, else the beginning of the body, else the status. Never empty.</summary>
    public string Message => (Member("error") ?? Member("message") ?? Summary()) is { Length: > 0 } text ? text : $"{(int)Status} {Status}";

    /// <summary>The error message with a mark at its end.</summary>
    public string Sentence => Message[^1] is '.' or '!' or '?' ? Message : $"{Message}.";

    /// <summary>The text of a member of a JSON object; null without it.</summary>
    public string? Member(string name)
        => Json is { Kind: DataKind.Object } body && body.AsObject().TryGetValue(name, out DataValue value)
            ? (value.Kind == DataKind.Text ? value.AsText() : value.ToJson()).Trim()
            : null;

    private static DataValue? Parse(string body)
    {
        try
        {
            return string.IsNullOrWhiteSpace(body) ? null : DataValue.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Summary()
    {
        string text = Body.Trim();
        if (text.StartsWith('<'))
        {
            return Title().Match(text) is { Success: true } title ? $"the web page '{WebUtility.HtmlDecode(title.Groups["title"].Value.Trim())}'" : "a web page";
        }

        string line = text.ReplaceLineEndings(" ");
        return line.Length > LongestText ? $"{line[..LongestText]}…" : line;
    }

    [GeneratedRegex("<title[^>]*>(?<title>[^<]{1,100})", RegexOptions.IgnoreCase)]
    private static partial Regex Title();
}
