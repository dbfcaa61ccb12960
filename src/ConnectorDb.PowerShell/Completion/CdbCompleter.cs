using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes an argument, quoted or not. Whatever goes wrong, there is nothing to offer: a key press must not fail.</summary>
public abstract class CdbCompleter : IArgumentCompleter
{
    private protected CdbCompleter()
    {
    }

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string quote = wordToComplete is ['\'' or '"', ..] ? wordToComplete[..1] : "";
        string word = wordToComplete is null ? "" : quote.Length == 0 ? wordToComplete : wordToComplete.Trim(quote[0]);
        try
        {
            return Offers(word, fakeBoundParameters).Select(offer => offer.ToResult(quote)).ToArray();
        }
        catch (Exception)
        {
            return [];
        }
    }

    private protected abstract IEnumerable<Offer> Offers(string word, IDictionary bound);
}
