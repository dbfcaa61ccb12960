using System.Collections;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the name of a transform at the end of a script.</summary>
public sealed class TransformCompleter : CdbCompleter
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

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => Of(word);
}
