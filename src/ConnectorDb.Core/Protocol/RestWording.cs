using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Protocol;

/// <summary>
/// Replaces cmdlets and their parameters in error messages by requests and fields of the API. The engine gives advice in the words of cmdlets, which
/// our own client shows to its user; callers of the API do not know them.
/// </summary>
public static partial class RestWording
{
    private static readonly (Regex Ours, string Api)[] s_texts =
    [
        .. Texts(
            ("Get-CdbUser lists the visible ones; New-CdbUser creates one", "GET /api/v1/crud?q=ls lists the visible ones; POST /api/v1/crud/USER creates one"),
            ("Get-CdbDevice lists the visible ones; New-CdbDevice creates one", "GET /api/v1/crud/USER?q=ls lists the visible ones; POST /api/v1/crud/USER/DEVICE creates one"),
            ("Get-CdbStream -Recurse lists the visible ones; New-CdbStream creates one", "GET /api/v1/crud/USER/DEVICE?q=ls lists the visible ones; POST /api/v1/crud/USER/DEVICE/STREAM creates one"),
            (" A path of two parts is device/stream; after the name of a user, give all three: user/device/stream.", ""),
            ("Get-CdbSession lists the visible ones", "GET /api/v1/sessions lists the visible ones"),
            ("Get-CdbTransform lists those there are", "GET /api/v1/meta/transforms lists those there are"),
            ("Get-CdbPollItem lists all items", "GET /items/ lists all items"),
            ("Use -Restamp", "Use PUT instead of POST"),
            (@"Remove-CdbDatapoint (\S+) -After [^\s.]+", "DELETE /api/v1/crud/$1/data?i1=FIRST&i2=LENGTH"),
            (@"Remove-CdbStream (\S+) -Downlink", "DELETE /api/v1/crud/$1?downlink=true"),
            (@"\(Set-CdbDevice \S+ -UserEditable\)", "(with \"user_editable\": true)"),
            ("-OldPassword", "the field 'old_password'"),
            (@"Connect with -As ([^\s,]+)([,.])", "Use the API key of '$1'$2"),
            (@"Set-CdbStream (\S+) -Downlink\b", "PUT {\"downlink\": true} to /api/v1/crud/$1"),
            (@", for example with Set-CdbStream \S+ -Schema number", ", with PUT {\"schema\": …}"),
            ("Give a longer -Every, or the stream of their times as -X", "Give \"dt\" with a number above 0, or \"stream\" with the stream of their times"),
            ("Give a longer -Every, such as 1m", "Give \"every\" with more seconds, such as 60"),
            ("a longer range, or a shorter -Every", "a longer range, or a smaller \"dt\""),
            (", or with a cmdlet the name of a type, such as number", ""),
            ("are only made with Force", "are only made with \"force\": true"),
            ("Connect as a device that may", "Use the API key of a device that may"),
            ("or connect as an administrator", "or use the API key of an administrator"),
            (@" \(Add-CdbPollItem\)", "")),
    ];

    public static Failure Of(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure with
        {
            Message = Of(failure.Message),
            Detail = failure.Detail is { } detail ? Of(detail) : null,
            Reason = failure.Reason is { } reason ? Of(reason) : null,
        };
    }

    /// <summary>The message in the words of the API. A sentence about a cmdlet without a counterpart is left out.</summary>
    public static string Of(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach ((Regex ours, string api) in s_texts)
        {
            message = ours.Replace(message, api);
        }

        string[] sentences = NamesCmdlets(message) ? SentenceEnd().Split(message) : [message];
        string kept = string.Join(' ', sentences.Where(sentence => !NamesCmdlets(sentence)));
        return kept.Length > 0 ? kept : message;
    }

    /// <summary>True when the text names a cmdlet or parameter, outside quotation marks.</summary>
    public static bool NamesCmdlets(string text) => Cmdlet().IsMatch(Quoted().Replace(text, "''"));

    private static IEnumerable<(Regex Ours, string Api)> Texts(params (string Ours, string Api)[] texts)
        => texts.Select(text => (new Regex(text.Ours, RegexOptions.CultureInvariant), text.Api));

    [GeneratedRegex(@"\b[A-Z][a-z]+-Cdb[A-Za-z]+|(?<=[\s(])-(?!Infinity\b|Inf\b)[A-Z][A-Za-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Cmdlet();

    // Not the apostrophe of "can't".
    [GeneratedRegex(@"(?<![A-Za-z])'[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=[A-Z'""])", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();
}
