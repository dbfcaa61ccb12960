using System.Collections;
using System.Text.RegularExpressions;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the name of a transform at the end of a script, and in <c>$("</c> the member of an object, as the newest datapoint of the stream has it.</summary>
public partial class TransformCompleter : CdbCompleter
{
    /// <param name="members">Finds the members of the values.</param>
    internal static IEnumerable<CompletionItem> Of(string word, Func<IEnumerable<string>> members)
    {
        if (OpenMember().Match(word) is { Success: true } member)
        {
            string before = word[..member.Groups["name"].Index];
            string quote = member.Groups["quote"].Value;
            return members().Select(name => new CompletionItem($"{before}{name}{quote})", name, ""));
        }

        int start = word.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(word[start - 1]) || word[start - 1] == '_'))
        {
            start--;
        }

        return Engine.Transforms.Select(transform => new CompletionItem(word[..start] + transform.Name, transform.Name, transform.Description));
    }

    /// <summary>The members of the newest datapoint of a stream; none when it is no object.</summary>
    /// <param name="stream">Its path, or a list of paths, of which the first one counts.</param>
    internal static IEnumerable<string> Members(IDictionary bound, object? stream)
    {
        if ((Opened<CdbConnection>(bound, "Connection") ?? RunspaceSession.Current.Default)?.Client is not { } client || stream is null)
        {
            return [];
        }

        CdbPath path = CdbPath.Resolve($"{(stream is IList { Count: > 0 } many ? many[0] : stream)}", CdbPathKind.Stream, client.Identity);
        return new Lookup().List(cancellation => client.ReadAsync(new DataQuery(path) { I1 = -1 }, cancellation)) is [.., { Count: > 0 } newest] && newest.Values[newest.Count - 1] is { Kind: DataKind.Object } value
            ? value.AsObject().Select(member => member.Key)
            : [];
    }

    private protected sealed override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => Of(word, () => Members(bound));

    private protected virtual IEnumerable<string> Members(IDictionary bound) => Members(bound, bound["Stream"]);

    [GeneratedRegex("""\$\((?<quote>["'])(?<name>[^"']*)$""")]
    private static partial Regex OpenMember();
}
