using System.Collections;
using System.Text.RegularExpressions;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the name of a transform at the end of a script, and in <c>$("</c> the member of an object, as the newest datapoint of the stream has it.</summary>
public sealed partial class TransformCompleter : CdbCompleter
{
    internal static IEnumerable<CompletionItem> Of(string word)
    {
        int start = word.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(word[start - 1]) || word[start - 1] == '_'))
        {
            start--;
        }

        return Engine.Transforms.Select(transform => new CompletionItem(word[..start] + transform.Name, transform.Name, transform.Description));
    }

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
    {
        if (OpenMember().Match(word) is not { Success: true } member)
        {
            return Of(word);
        }

        string before = word[..member.Groups["name"].Index];
        string quote = member.Groups["quote"].Value;
        return Members(bound).Select(name => new CompletionItem($"{before}{name}{quote})", name, ""));
    }

    private static IEnumerable<string> Members(IDictionary bound)
    {
        if ((Opened<CdbConnection>(bound, "Connection") ?? RunspaceSession.Current.Default)?.Client is not { } client || bound["Stream"] is not { } stream)
        {
            return [];
        }

        CdbPath path = CdbPath.Resolve($"{(stream is IList { Count: > 0 } many ? many[0] : stream)}", CdbPathKind.Stream, client.Identity);
        return new Lookup().List(cancellation => client.ReadAsync(new DataQuery(path) { I1 = -1 }, cancellation)) is [.., { Count: > 0 } newest] && newest.Values[newest.Count - 1] is { Kind: DataKind.Object } value
            ? value.AsObject().Select(member => member.Key)
            : [];
    }

    [GeneratedRegex("""\$\((?<quote>["'])(?<name>[^"']*)$""")]
    private static partial Regex OpenMember();
}
